import { type Estate, kind } from "../estate.ts";
import { listOf, objectOf, textOf } from "../json.ts";
import type { Place } from "../place.ts";
import type { Change, Document } from "../terraform/document.ts";
import { modulePrefix, withoutKeys } from "../terraform/module-calls.ts";
import { Unknown, type Value } from "../value.ts";
import { imports } from "./imports.ts";
import { lossOfDeparture } from "./stateful-types.ts";

/** What becomes of something that is there. */
export interface Departure {
  readonly at: Place;
  /** Where it is said: `change.actions`, `removed`, `moved`. */
  readonly attribute: string;
  /** `deleted`, `replaced`, `forgotten`, `moved to aws_x.y`; unknown where nobody can say of what. */
  readonly how: Value<string>;
  /** What is lost with it. Absent: it stays, or can be made again. */
  readonly loses: string | undefined;
  /** Attributes that force it, or why Terraform does it. */
  readonly because: readonly string[];
}

/** All that plans do to what is there, and what configurations say is to go. A plan shows what comes of its configuration. */
export const departures = kind<Departure>("departure", (estate) =>
  estate.terraform.documents.flatMap((document) => [
    ...(document.changes ?? []).map((change) => departureOf(change, document, estate)),
    ...(document.kind === "plan" ? [] : [...removals(document, estate), ...retypings(document)]),
  ]),
);

function departureOf(change: Change, { stack, source }: Document, estate: Estate): Departure {
  const how = endOf(change);
  const isTaken = how === "forgotten" && isTakenIn(change, estate);
  const { address, because, reason } = change;
  const former = typeOf(change.previous ?? address);
  return {
    at: { resource: address, stack, source },
    attribute: "change.actions",
    how: how ?? "kept",
    loses: how === undefined || isTaken ? undefined : lossOfDeparture(how.startsWith("moved") ? former : change.type),
    because: because.length > 0 || reason === undefined ? because : [reason.replaceAll("_", " ")],
  };
}

/** What ends what is there, in a word or two; by what there is after it too, whatever the actions say. */
export function endOf({ actions, type, address, previous, ends }: Change): string | undefined {
  if (actions.includes("delete")) return actions.includes("create") ? "replaced" : "deleted";
  if (actions.includes("forget")) return "forgotten";
  if (ends === true) return "deleted";
  return previous !== undefined && typeOf(previous) !== type ? `moved from ${previous} to ${address}` : undefined;
}

/** A block `removed` of a configuration. It destroys, unless it says that it does not. */
export interface Removal {
  readonly from: string;
  /** Nothing: a whole module. */
  readonly type: string;
  readonly isForgotten: boolean;
}

export const removalsOf = ({ others }: Document): readonly Removal[] =>
  listOf(others?.["removed"])
    .map(objectOf)
    .map((block) => {
      const from = referenceOf(block["from"]);
      const destroys = listOf(block["lifecycle"]).map((each) => objectOf(each)["destroy"]);
      return { from, type: typeOf(from), isForgotten: destroys.some((each) => each === false || each === "false") };
    });

function removals(document: Document, estate: Estate): readonly Departure[] {
  const { stack, source } = document;
  return removalsOf(document).map(({ from, type, isForgotten }): Departure => {
    const about = { at: { resource: from, stack, source }, attribute: "removed", because: [] };
    if (type === "") return { ...about, how: new Unknown(`all that is in ${from}`), loses: "whatever it holds" };
    const isTaken =
      isForgotten && estate.of(imports).some((each) => each.stack !== stack && withoutKeys(each.to) === from);
    return { ...about, how: isForgotten ? "forgotten" : "deleted", loses: isTaken ? undefined : lossOfDeparture(type) };
  });
}

/** A block `moved` that makes another type of something: what the type promised, nobody looks for any more. */
export interface Retyping {
  readonly from: string;
  readonly to: string;
}

export const retypingsOf = ({ others }: Document): readonly Retyping[] =>
  listOf(others?.["moved"])
    .map(objectOf)
    .map((block) => ({ from: referenceOf(block["from"]), to: referenceOf(block["to"]) }))
    .filter(({ from, to }) => typeOf(from) !== typeOf(to));

const retypings = (document: Document): readonly Departure[] =>
  retypingsOf(document).map(({ from, to }) => ({
    at: { resource: from, stack: document.stack, source: document.source },
    ...{ attribute: "moved", because: [], how: `moved to ${to}`, loses: lossOfDeparture(typeOf(from)) },
  }));

/** Whether another state takes in what one forgets: by its id, its ARN or its name. */
export const isTakenIn = ({ type, before }: Change, estate: Estate): boolean =>
  estate
    .of(imports)
    .some(
      ({ to, id }) =>
        typeOf(to) === type &&
        typeof id === "string" &&
        ["id", "arn", "name", "bucket", "identifier"].some((name) => before?.[name] === id),
    );

/** `aws_s3_bucket` of `module.a["x"].aws_s3_bucket.b`; nothing of a module. */
export const typeOf = (address: string): string => {
  const [type = "", name] = address.slice(modulePrefix(address).length).split(".");
  return name === undefined || type === "module" ? "" : type;
};

/** An address, which may stand in `${}`. */
export const referenceOf = (given: unknown): string => textOf(given)?.replace(/^\$\{(.*)\}$/, "$1") ?? "nothing";
