import { isDeepStrictEqual } from "node:util";
import { type Estate, kind } from "../estate.ts";
import { type JsonObject, textOf } from "../json.ts";
import type { Place } from "../place.ts";
import type { Change, Document } from "../terraform/document.ts";
import { withoutKeys } from "../terraform/module-calls.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { endOf, isTakenIn, removalsOf, retypingsOf, typeOf } from "./departures.ts";
import { imports } from "./imports.ts";
import { type Guard, guardOf, namesOf } from "./protection-types.ts";

/** What becomes of something that protects others. */
export interface ProtectionDeparture {
  readonly at: Place;
  readonly attribute: string;
  /** Whether what it protects stays behind without it, and how it goes. Absent: all is as before. */
  readonly how: Value<string> | undefined;
}

/** Names under which others know a resource. */
const NAMES = ["id", "arn", "name", "bucket", "arn_suffix", "identifier", "key_id", "url", "alarm_name", "dns_name"];

/** Everything that protects, and that a plan touches or a configuration lets go. */
export const protectionDepartures = kind<ProtectionDeparture>("departure of a protection", (estate) =>
  estate.terraform.documents.flatMap((document) => {
    const { changes = [], stack, source } = document;
    const planned = changes.flatMap((change) => {
      const guard = guardOf(typeOf(change.previous ?? change.address));
      const at = { resource: change.address, stack, source };
      if (guard === undefined) return [];
      const isTaken = endOf(change) === "forgotten" && isTakenIn(change, estate);
      return [{ at, attribute: "change.actions", how: isTaken ? undefined : howOf(change, guard, changes) }];
    });
    return document.kind === "plan" ? planned : [...planned, ...removals(document, estate), ...retypings(document)];
  }),
);

function howOf(change: Change, guard: Guard, changes: readonly Change[]): Value<string> | undefined {
  const how = endOf(change);
  if (how === undefined || guard.protects?.(change.before) === false) return undefined;
  const open = guard.protects?.(change.before);
  if (how === "replaced") {
    // Until the new one is there nothing protects, for a moment; the other way round, for good.
    const isLost =
      guard.isSingle === true && change.actions[0] === "create" && isOfSame(guard, change.before, change.after);
    return isLost ? "replaced, the new one first: AWS keeps one, and the old one's deletion takes it away" : undefined;
  }
  if (leavesWith(change, guard, changes) || (guard.isSingle !== true && isKeptByOther(change, guard, changes)))
    return undefined;
  return isUnknown(open) ? new Unknown(`${how}, and it may have protected: ${open.expression}`) : how;
}

/** Whether what it protects goes as well: for a rule of its own to judge. */
function leavesWith(change: Change, guard: Guard, changes: readonly Change[]): boolean {
  const named = new Set(namesOf(guard, change.before));
  return changes.some((each) => {
    const how = each === change || guardOf(each.type) !== undefined ? undefined : endOf(each);
    return how !== undefined && NAMES.some((name) => named.has(textOf(each.before?.[name]) ?? ""));
  });
}

/** Whether another one of its type protects the same when all is done. */
const isKeptByOther = (change: Change, guard: Guard, changes: readonly Change[]): boolean =>
  changes.some(
    (each) =>
      each !== change &&
      each.type === change.type &&
      each.after !== undefined &&
      isOfSame(guard, change.before, each.after),
  );

const isOfSame = ({ of, itself = [] }: Guard, before: JsonObject | undefined, after: JsonObject | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  [...of, ...itself].every((name) => isDeepStrictEqual(before[name] ?? null, after[name] ?? null));

const removals = (document: Document, estate: Estate): readonly ProtectionDeparture[] =>
  removalsOf(document).flatMap(({ from, type, isForgotten }): readonly ProtectionDeparture[] => {
    const { stack, source } = document;
    const isTaken =
      isForgotten && estate.of(imports).some((each) => each.stack !== stack && withoutKeys(each.to) === from);
    const guard = guardOf(type);
    if (guard === undefined) return [];
    const how = isForgotten ? "forgotten" : "deleted";
    const about = { at: { resource: from, stack, source }, attribute: "removed" };
    if (isTaken) return [{ ...about, how: undefined }];
    return [{ ...about, how: guard.protects === undefined ? how : new Unknown(`${how}, and it may have protected`) }];
  });

const retypings = (document: Document): readonly ProtectionDeparture[] =>
  retypingsOf(document).flatMap(({ from, to }) => {
    const at = { resource: from, stack: document.stack, source: document.source };
    return guardOf(typeOf(from)) === undefined ? [] : [{ at, attribute: "moved", how: `moved to ${to}` }];
  });
