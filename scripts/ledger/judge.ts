import { isDeepStrictEqual } from "node:util";
import { carry } from "./carry.ts";
import { type Entry, entriesOf, type MadeStack, pathOf, stackOf } from "./entries.ts";
import { leaves, replaced, stackLeaves, unusable } from "./faults.ts";
import type { Change, Fault, Ledger, Verdict } from "./verdict.ts";
import { isNeeded, letsChange, letsLeave, type Waiver } from "./waivers.ts";

/** Compares every stack with the ledger. `today` as `2026-11-21`. Throws for a type that nobody has classified. */
export function judge(ledger: Ledger, stacks: readonly MadeStack[], today: string): Verdict {
  const made = new Map(stacks.flatMap(entriesOf).map((entry) => [pathOf(entry), entry]));
  const madeStacks = new Set(stacks.map(stackOf));
  const carried = carry(ledger.entries, stacks, new Set(made.keys()));
  const recorded = new Set(carried.entries.map(pathOf));
  const added = [...made.values()].filter((entry) => !recorded.has(pathOf(entry)));
  const valid = ledger.waivers.filter(({ until }) => until >= today);

  const stay = carried.entries.filter((entry) => made.has(pathOf(entry)));
  const go = carried.entries.filter((entry) => !made.has(pathOf(entry)));
  const waiverOf = (entry: Entry) => valid.find((waiver) => letsLeave(waiver, entry, madeStacks.has(stackOf(entry))));
  const lost = go.filter((entry) => entry.arguments !== "left" && waiverOf(entry) === undefined);
  const compared = stay.map((before) => compare(before, made.get(pathOf(before)) ?? before, valid));

  return {
    entries: [
      ...made.values(),
      ...go.filter((entry) => waiverOf(entry) !== undefined).map((entry) => ({ ...entry, arguments: "left" as const })),
    ],
    changes: [
      ...carried.changes,
      ...added.map((entry): Change => ({ kind: "added", path: pathOf(entry) })),
      ...go.flatMap((entry) => departure(entry, waiverOf(entry))),
      ...compared.flatMap(({ changes }) => changes),
    ],
    faults: [
      ...lost.filter((entry) => madeStacks.has(stackOf(entry))).map((entry) => leaves(entry, added)),
      ...stackLeaves(lost.filter((entry) => !madeStacks.has(stackOf(entry)))),
      ...compared.flatMap(({ faults }) => faults),
      ...ledger.waivers.flatMap((waiver) => unusable(waiver, today, isNeeded(waiver, go, made, madeStacks))),
    ],
  };
}

/** An entry that is not in the output: under a waiver it is marked as left, and struck when the waiver is gone. */
function departure(entry: Entry, waiver: Waiver | undefined): readonly Change[] {
  const path = pathOf(entry);
  if (waiver !== undefined) {
    return entry.arguments === "left" ? [] : [{ kind: "left", path, detail: `waived until ${waiver.until}` }];
  }
  return entry.arguments === "left" ? [{ kind: "cleared", path, detail: "it had left, and its waiver is gone" }] : [];
}

/** An entry that is in the output: what replaces it, accepted or not. */
function compare(before: Entry, after: Entry, waivers: readonly Waiver[]): Pick<Verdict, "changes" | "faults"> {
  const path = pathOf(after);
  if (before.arguments === "left" || after.arguments === "left") {
    return { changes: [{ kind: "added", path, detail: "it had left" }], faults: [] };
  }
  const [old, now] = [before.arguments, after.arguments];
  const changes: Change[] = [];
  const faults: Fault[] = [];
  for (const argument of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()) {
    const [was = null, is = null] = [old[argument], now[argument]];
    if (isDeepStrictEqual(was, is)) continue;
    const waiver = waivers.find((each) => letsChange(each, after, argument, was));
    const detail = `${argument} was ${JSON.stringify(was)}, is ${JSON.stringify(is)}`;
    if (waiver === undefined) faults.push(replaced(after, argument, was, detail));
    else changes.push({ kind: "changed", path, detail: `${detail}, waived until ${waiver.until}` });
  }
  return { changes, faults };
}
