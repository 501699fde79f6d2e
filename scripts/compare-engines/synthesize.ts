import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Processes } from "../validate/processes.ts";
import { isRecord, type Json } from "../validate/stack-json.ts";
import type { Engine } from "./engines.ts";
import { sources } from "./imports.ts";

/** What an engine made of the sources. */
export interface Synthesized {
  /** Terraform JSON by stack id: `production-network`. */
  readonly stacks: ReadonlyMap<string, Json>;
  readonly resources: number;
}

/**
 * Runs `stacks/main.ts`, as the command lines do, in a copy below `scratch` whose packages are the engine's. A copy, for
 * Node looks for packages beside the file that a link leads to. Throws with the program's own words when it fails.
 */
export async function synthesize(
  root: string,
  engine: Engine,
  scratch: string,
  processes: Processes,
): Promise<Synthesized> {
  const copy = mkdtempSync(join(scratch, "sources-"));
  for (const folder of sources) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  }
  writeFileSync(join(copy, "package.json"), JSON.stringify({ type: "module" }));
  symlinkSync(engine.modules, join(copy, "node_modules"), "dir");
  const env = { ...settingsRemoved(process.env), CDKTF_OUTDIR: join(copy, "out"), CHECKPOINT_DISABLE: "1" };
  const run = await processes.run(process.execPath, ["stacks/main.ts"], { cwd: copy, env });
  if (run.code !== 0) {
    throw new Error(`${engine.name} does not synthesize these sources\n${run.stderr.trim()}`);
  }
  return read(join(copy, "out", "stacks"));
}

/** The caller's variables without those by which an engine would take its context or output from elsewhere. */
const settingsRemoved = (variables: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => value !== undefined && !/^CDKT[FN]_/.test(name)),
  ) as Record<string, string>;

function read(folder: string): Synthesized {
  const stacks = new Map<string, Json>();
  for (const id of readdirSync(folder).sort()) {
    stacks.set(id, JSON.parse(readFileSync(join(folder, id, "cdk.tf.json"), "utf8")));
  }
  return { stacks, resources: [...stacks.values()].reduce<number>((sum, json) => sum + resourcesOf(json), 0) };
}

const resourcesOf = (json: Json): number =>
  isRecord(json) && isRecord(json["resource"])
    ? Object.values(json["resource"]).reduce<number>((sum, named) => sum + Object.keys(named ?? {}).length, 0)
    : 0;
