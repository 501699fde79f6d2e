import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Index, indexOf } from "../../scripts/start/index-file.ts";
import { synthesize } from "../../scripts/start/synthesize.ts";
import { catalogue } from "../../services/catalogue.ts";
import { parseStack, type Synthesized } from "./synth.ts";

/** One synthesized stack: its Terraform JSON as text and parsed. */
export interface Stack extends Synthesized {
  readonly environment: string;
  readonly name: string;
  readonly text: string;
}

/** What `npm start` makes of the real catalogue: the index as policies read it, and stacks in order of deployment. */
export interface SynthesizedEstate {
  readonly index: Index;
  readonly stacks: readonly Stack[];
  /** One stack; throws when it is not there. */
  stack(environment: string, name: string): Stack;
}

/** Synthesizes the environments of the catalogue, all or those named, in a directory that is gone afterwards. */
export function synthesizeEstate(...environments: readonly string[]): SynthesizedEstate {
  const directory = mkdtempSync(join(tmpdir(), "estate-"));
  try {
    const made = catalogue.environments
      .filter(({ name }) => environments.length === 0 || environments.includes(name))
      .map((environment) => synthesize(catalogue, environment, directory));
    const stacks = made
      .flatMap((each) => each.stacks)
      .map((built): Stack => {
        const text = readFileSync(built.file, "utf8");
        return { ...parseStack(text), environment: built.environment, name: built.name, text };
      });
    const counts = made.flatMap((each) => each.stacks);
    const index = indexOf(
      catalogue,
      made.map(({ estate }) => estate),
      counts,
    );
    return {
      // As text and back: what a reader of the file sees.
      index: JSON.parse(JSON.stringify(index)) as Index,
      stacks,
      stack(environment, name) {
        const found = stacks.find((stack) => stack.environment === environment && stack.name === name);
        if (found === undefined) throw new Error(`no stack "${name}" in "${environment}"`);
        return found;
      },
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
