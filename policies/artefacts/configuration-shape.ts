import { isObject, type Json, type JsonObject, textOf } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";
import { nameOf } from "./parse.ts";

/** What a configuration may hold, and how many names lead to a block of it: `resource`, a type, a name. */
const LABELS = {
  ...{ terraform: 0, locals: 0, moved: 0, import: 0, removed: 0 },
  ...{ provider: 1, variable: 1, output: 1, module: 1, check: 1 },
  ...{ resource: 2, data: 2, ephemeral: 2, action: 2 },
} as const;
type Part = keyof typeof LABELS;

/** Of these, each name in a block is given once; of others, the block. Those that are neither may be given at will. */
const NAMED: readonly Part[] = ["terraform", "locals"];
const AT_WILL: readonly Part[] = ["moved", "import", "removed"];

/** A file of a configuration. */
export interface Parsed {
  readonly path: string;
  readonly json: JsonObject;
}

/**
 * Throws ArtefactError for what Terraform refuses, too, and what would hide something from whoever reads it as if it were
 * whole: a part that nobody knows, one of another type, and what files of one configuration give twice.
 */
export function refuseOddConfiguration(files: readonly Parsed[]): void {
  const given = new Map<string, string>();
  for (const { path, json } of files) {
    for (const address of addressesIn(json, path)) {
      const other = given.get(address);
      if (other === path) throw new ArtefactError(`${path}: gives ${address} twice, must be given once`);
      if (other !== undefined)
        throw new ArtefactError(`${path}: gives ${address}, which ${other} gives, too: must be given once`);
      given.set(address, path);
    }
  }
}

/** What a file gives, as Terraform names it. */
const addressesIn = (json: JsonObject, path: string): readonly string[] =>
  Object.entries(json)
    .filter(([part]) => part !== "//")
    .flatMap(([part, value]) => {
      if (!isPart(part))
        throw new ArtefactError(`${path}: holds ${part}, allowed are ${Object.keys(LABELS).sort().join(", ")}`);
      return [...blocksIn(value, part, LABELS[part], path)].flatMap((each) => namesOf(part, each));
    });

function namesOf(part: Part, { way, body }: Block): readonly string[] {
  if (AT_WILL.includes(part)) return [];
  if (NAMED.includes(part)) return Object.keys(body).map((name) => `${way}.${name}`);
  return [part === "provider" ? [way, textOf(body["alias"]) ?? []].flat().join(".") : way];
}

const isPart = (name: string): name is Part => Object.hasOwn(LABELS, name);

interface Block {
  readonly way: string;
  readonly body: JsonObject;
}

/** Blocks of a part. At each level there may be an object, or a list of objects, which mean the same. */
function* blocksIn(value: Json | undefined, way: string, labels: number, path: string): Generator<Block> {
  for (const each of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
    // A block that is null is none.
    if (each === null && labels === 0 && way.includes(".")) continue;
    if (!isObject(each))
      throw new ArtefactError(`${path}: ${way} must be an object or a list of objects, got ${nameOf(each)}`);
    if (labels === 0) yield { way, body: each };
    else for (const [name, inner] of Object.entries(each)) yield* blocksIn(inner, `${way}.${name}`, labels - 1, path);
  }
}
