import type { Json, JsonObject } from "../json.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { Block } from "./block.ts";
import type { Document, RawResource } from "./document.ts";
import { Graph } from "./graph.ts";

/** What says of how many there are, and the module that its expression is at home in. */
export interface Repetition {
  readonly attribute: "count" | "for_each";
  readonly value: Json;
  readonly module: string;
}

/** How a block of a configuration, or a call of a module, is repeated. */
export const repetitionsOf = (body: JsonObject, module: string): readonly Repetition[] =>
  (["count", "for_each"] as const).flatMap((attribute) => {
    const { [attribute]: value } = body;
    return value === undefined || value === null ? [] : [{ attribute, value, module }];
  });

/** How a resource is, and the modules that it stands in. A plan has each of them already. */
export const repetitionsOfResource = ({ kind }: Document, resource: RawResource): readonly Repetition[] =>
  kind === "plan" ? [] : [...repetitionsOf(resource.attributes, resource.module), ...(resource.repetitions ?? [])];

/** Whether it makes any at all. Absent: what stands there is no number, and nothing that could be listed. */
export function makesAny(
  { attribute, value, module }: Repetition,
  document: Document,
  graph: Graph,
): Value<boolean> | undefined {
  const number = new Block({ [attribute]: value }, { graph, document, module }).value(attribute);
  if (number === undefined || isUnknown(number)) return number ?? new Unknown(attribute);
  if (typeof number === "object") return Object.keys(number).length > 0;
  const read = typeof number === "boolean" || number === "" ? Number.NaN : Number(number);
  return Number.isNaN(read) ? undefined : read > 0;
}

/** Documents without resources of which there are none: one with `count = 0` protects nothing. */
export function existing(documents: readonly Document[], stubs: Graph["stubs"]): readonly Document[] {
  const isCounted = (document: Document) =>
    document.resources.some((each) => repetitionsOfResource(document, each).length > 0);
  if (!documents.some(isCounted)) return documents;
  const graph = new Graph(documents, stubs);
  return documents.map((document) => {
    const resources = document.resources.filter((each) =>
      repetitionsOfResource(document, each).every((how) => makesAny(how, document, graph) !== false),
    );
    return resources.length === document.resources.length ? document : { ...document, resources };
  });
}
