import { isRecord, type StackJson } from "../validate/stack-json.ts";
import { type Entry, type MadeStack, pathOf, stackOf } from "./entries.ts";
import type { Change } from "./verdict.ts";

/** What a stack says of addresses it once had: `moved` and `removed` blocks, as Terraform reads them. */
interface Departures {
  /** New address by old one, through all moves. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that Terraform forgets and leaves standing. One that it would destroy takes a waiver. */
  readonly forgotten: ReadonlySet<string>;
}

/**
 * The ledger as Terraform would carry the state: addresses under their new names, also where others refer to them, and
 * without those that their stack forgets. `made` are the paths of the output.
 */
export function carry(
  entries: readonly Entry[],
  stacks: readonly MadeStack[],
  made: ReadonlySet<string>,
): { readonly entries: readonly Entry[]; readonly changes: readonly Change[] } {
  const departures = new Map(stacks.map((stack) => [stackOf(stack), departuresOf(stack.json)]));
  const taken = new Set(entries.map(pathOf));
  const changes: Change[] = [];
  const carried = entries.flatMap((entry): readonly Entry[] => {
    const { moved, forgotten } = departures.get(stackOf(entry)) ?? nothing;
    const kept = { ...entry, arguments: withMoves(entry.arguments, moved) };
    if (made.has(pathOf(entry))) return [kept];
    if (forgotten.has(entry.address)) {
      changes.push({ kind: "forgotten", path: pathOf(entry), detail: "its removed block leaves it standing" });
      return [];
    }
    const renamed = { ...kept, address: moved.get(entry.address) ?? entry.address };
    // Terraform moves nothing onto an address that its state already holds.
    if (taken.has(pathOf(renamed))) return [kept];
    taken.add(pathOf(renamed));
    changes.push({ kind: "moved", path: pathOf(entry), detail: `to ${renamed.address}` });
    return [renamed];
  });
  return { entries: carried, changes };
}

const nothing: Departures = { moved: new Map(), forgotten: new Set() };

function departuresOf(json: StackJson): Departures {
  const steps = new Map(blocks(json.moved).map(({ from, to }) => [String(from), String(to)]));
  const kept = blocks(json.removed).filter(({ lifecycle }) => blocks(lifecycle)[0]?.["destroy"] === false);
  return {
    moved: new Map([...steps.keys()].map((from) => [from, follow(steps, from)])),
    forgotten: new Set(kept.map(({ from }) => String(from))),
  };
}

/** The last address of a chain of moves; a circle, which Terraform refuses, leads nowhere new. */
function follow(steps: ReadonlyMap<string, string>, from: string): string {
  const seen = new Set([from]);
  for (let at = from; ; ) {
    const next = steps.get(at);
    if (next === undefined || seen.has(next)) return at;
    seen.add(next);
    at = next;
  }
}

/** Blocks of a kind, which Terraform JSON writes as an object or as a list of them. */
const blocks = (written: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(written) ? written : [written]).filter(isRecord);

function withMoves(args: Entry["arguments"], moved: Departures["moved"]): Entry["arguments"] {
  const text = JSON.stringify(args);
  return JSON.parse([...moved].reduce((whole, [from, to]) => whole.replaceAll(`${from}.`, `${to}.`), text));
}
