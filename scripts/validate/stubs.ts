import { readsOf, type StackFile } from "./estate.ts";
import { Evaluator } from "./evaluate.ts";
import type { ForeignOutput } from "./remote-output.ts";
import type { Json } from "./stack-json.ts";

/** One output's stand-in value and the expression it was derived from, as `stubs.json` lists it. */
export interface Stub {
  readonly value: Json;
  readonly from: unknown;
  readonly sensitive: boolean;
}

/** Stand-ins by output name. */
export type Stubs = Readonly<Record<string, Stub>>;

/**
 * Stand-ins for every output of a stack, derived from the producing expressions: deterministic, and as unique as the
 * resources they name. Throws naming each output whose expression or attribute has no known shape: never a guess.
 */
function stubOutputs(file: StackFile, foreign: ForeignOutput): Stubs {
  const outputs = Object.entries(file.json.output ?? {});
  const evaluator = new Evaluator(file, foreign);
  const faults: string[] = [];
  const stubs = outputs.map(([name, { value: from, sensitive = false }]) => {
    try {
      return [name, { value: evaluator.output(from), from, sensitive }] as const;
    } catch (error) {
      faults.push(`output "${name}" has no stand-in value: ${messageOf(error)}, in ${JSON.stringify(from)}`);
      return [name, { value: null, from, sensitive }] as const;
    }
  });
  if (faults.length > 0) {
    throw new Error(faults.join("\n"));
  }
  return Object.fromEntries(stubs);
}

/**
 * Looks up the stand-ins of any stack of an estate, each derived once. An output that passes on another stack's
 * output takes that one's stand-in. The function throws for a stack with faults, and for stacks that read each other.
 */
export function stubsOf(estate: readonly StackFile[]): (file: StackFile) => Stubs {
  const done = new Map<StackFile, Stubs>();
  const open = new Set<StackFile>();
  const lookUp = (file: StackFile): Stubs => {
    const known = done.get(file);
    if (known !== undefined) {
      return known;
    }
    if (open.has(file)) {
      throw new Error(`${file.environment}/${file.stack} reads its own outputs by way of another stack`);
    }
    open.add(file);
    const stubs = stubOutputs(file, (remote, output) => {
      const producer = readsOf(file, estate).get(remote);
      const stub = producer === undefined ? undefined : lookUp(producer)[output];
      if (stub === undefined) {
        throw new Error(`data.terraform_remote_state.${remote} has no output "${output}"`);
      }
      return stub.value;
    });
    open.delete(file);
    done.set(file, stubs);
    return stubs;
  };
  return lookUp;
}

/** Every stack whose outputs a stack reads, directly or by way of others, sorted. */
export function producersOf(file: StackFile, estate: readonly StackFile[]): readonly StackFile[] {
  const found = new Set<StackFile>();
  const visit = (stack: StackFile): void => {
    for (const producer of readsOf(stack, estate).values()) {
      if (!found.has(producer)) {
        found.add(producer);
        visit(producer);
      }
    }
  };
  visit(file);
  return [...found].sort((a, b) => a.stack.localeCompare(b.stack, "en"));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
