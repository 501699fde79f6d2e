import { readArtefacts } from "../../../policies/artefacts/read.ts";
import type { Estate } from "../../../policies/model/estate.ts";
import { wholeRun } from "../../support/start.ts";

/** Outputs that `npm start` makes of the real catalogue, in a folder of their own, and the estates read from them. */
export interface MadeOutputs {
  readonly folder: string;
  readonly estates: readonly Estate[];
  /** The estate of an environment; throws when it is not there. */
  estate(environment: string): Estate;
}

const made = new Map<"all", Promise<MadeOutputs>>();

/**
 * Outputs of all environments, made once for all tests of a process, which change none of them, and gone with it.
 * Throws when `npm start` finds the catalogue at fault.
 */
export function madeOutputs(): Promise<MadeOutputs> {
  const found = made.get("all") ?? makeOutputs();
  made.set("all", found);
  return found;
}

async function makeOutputs(): Promise<MadeOutputs> {
  const { folder } = await wholeRun();
  const estates = readArtefacts(folder);
  return {
    folder,
    estates,
    estate(environment) {
      const found = estates.find((each) => each.environment === environment);
      if (found === undefined) throw new Error(`no environment "${environment}"`);
      return found;
    },
  };
}
