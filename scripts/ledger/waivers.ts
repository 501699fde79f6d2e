import { isDeepStrictEqual } from "node:util";
import type { Json } from "../validate/stack-json.ts";
import { type Entry, pathOf, stackOf } from "./entries.ts";

/** A loss that somebody accepts until a day, as `stacks/ledger/waivers.yaml` holds it. */
export interface Waiver {
  readonly environment: string;
  readonly stack: string;
  /** Absent: the whole stack leaves the output. */
  readonly address?: string;
  /** The argument that may change; absent: the address leaves. */
  readonly argument?: string;
  /** The value it had; null: it was not set. */
  readonly was?: Json;
  readonly reason: string;
  readonly owner: string;
  /** The last day it holds, `2026-12-31`. */
  readonly until: string;
}

/** What a waiver is about, as messages name it. */
export const subjectOf = ({ environment, stack, address, argument }: Waiver): string =>
  [environment, stack, address, argument].filter((part) => part !== undefined).join("/");

/** Whether a waiver lets an entry leave the output. */
export const letsLeave = (waiver: Waiver, entry: Entry, stackIsMade: boolean): boolean =>
  waiver.argument === undefined &&
  stackOf(waiver) === stackOf(entry) &&
  (waiver.address === undefined ? !stackIsMade : waiver.address === entry.address);

/** Whether a waiver lets an argument of an entry change from the value it had. */
export const letsChange = (waiver: Waiver, entry: Entry, argument: string, was: Json): boolean =>
  isAbout(waiver, entry) && waiver.argument === argument && isDeepStrictEqual(waiver.was ?? null, was);

/**
 * Whether a waiver accepts something: an entry that has left (`gone`), or an argument that no longer is what it was.
 * It stays needed after the ledger is written, so that ledger and waiver come in one commit.
 */
export function isNeeded(
  waiver: Waiver,
  gone: readonly Entry[],
  made: ReadonlyMap<string, Entry>,
  madeStacks: ReadonlySet<string>,
): boolean {
  const { argument, was = null } = waiver;
  if (argument === undefined) return gone.some((entry) => letsLeave(waiver, entry, madeStacks.has(stackOf(entry))));
  const entry = [...made.values()].find((each) => isAbout(waiver, each));
  return (
    entry !== undefined && entry.arguments !== "left" && !isDeepStrictEqual(entry.arguments[argument] ?? null, was)
  );
}

const isAbout = (waiver: Waiver, entry: Entry): boolean =>
  waiver.address !== undefined && pathOf({ ...waiver, address: waiver.address }) === pathOf(entry);
