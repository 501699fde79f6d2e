import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject, listOf, objectOf } from "../json.ts";
import type { Document, RawResource } from "./document.ts";
import { providerDefaults } from "./provider-defaults.ts";
import { isDynamic, isExpression, isSame, looksOf, namesOfAll } from "./same-value.ts";

/** Something that a plan says and that its configuration does not ask for: the way there, and what it is. */
export interface Unasked {
  readonly way: string;
  readonly value: Json | undefined;
}

/** Whose words are worked out of several places. */
const ELSEWHERE = ["tags_all", "region", "dynamic", "//"];

/** What the provider works out, before the apply, of other attributes of the same resource. */
const WORKED_OUT: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ["domain_validation_options", "subject_alternative_names"],
};

/**
 * What a resource will be although its configuration does not name it. A provider says of such an attribute nothing, what
 * its table of defaults has, or what was there before; what it works out itself it puts off until apply.
 */
export function unaskedIn(
  type: string,
  configured: JsonObject,
  planned: JsonObject,
  before: JsonObject | undefined,
): readonly Unasked[] {
  // Of others' providers nobody has asked.
  if (!type.startsWith("aws_")) return [];
  const defaults = providerDefaults.get(type);
  const derived = WORKED_OUT[type] ?? [];
  const isExpected = (name: string, value: Json | undefined) =>
    derived.includes(name) || defaults?.get(name)?.has(String(value)) === true;

  const below = (own: JsonObject, found: JsonObject, earlier: readonly JsonObject[], way: string): readonly Unasked[] =>
    Object.keys(found).flatMap((name) => {
      const [asked, value] = [own[name], found[name]];
      if (ELSEWHERE.includes(name) || isDynamic(name, own)) return [];
      if (asked !== undefined && asked !== null)
        return inBlocks(
          asked,
          value,
          earlier.flatMap((each) => objectsIn(each[name])),
          `${way}${name}.`,
        );
      const isKept = earlier.some((each) => isDeepStrictEqual(each[name], value));
      return isSilent(value) || isKept || isExpected(name, value) ? [] : [{ way: `${way}${name}`, value }];
    });

  const inBlocks = (
    asked: Json,
    value: Json | undefined,
    earlier: readonly JsonObject[],
    way: string,
  ): readonly Unasked[] => {
    const [own, found] = [objectsIn(asked), objectsIn(value)];
    if (own.length === 0 || found.length === 0) return [];
    const like = alike(own);
    return found.flatMap((each, at) => {
      const first = own[at];
      const nearest = first !== undefined && isSame(first, each) ? below(first, each, earlier, way) : undefined;
      if (nearest?.length === 0) return [];
      // A set has an order of its own. What fits none is told as another value.
      const others = like(each).map((other) => below(other, each, earlier, way));
      return others.some((said) => said.length === 0) ? [] : (nearest ?? others[0] ?? []);
    });
  };

  return below(configured, planned, before === undefined ? [] : [before], "");
}

/** Tags and the region, which a resource has of its provider: others than that one gives. Who calls a module gives it its own. */
export function unaskedOfProvider(
  { attributes: body, provider, type, module }: RawResource,
  { attributes: planned }: RawResource,
  { providers }: Document,
): readonly Unasked[] {
  const own = providers.get(provider ?? type.replace(/_.*$/, ""));
  if (own === undefined || module !== "") return [];
  const [given] = listOf(own["default_tags"]).map(objectOf);
  const tags = [given?.["tags"], body["tags"]];
  const all: JsonObject = Object.assign({}, ...tags.map(objectOf));
  const others = Object.entries(objectOf(planned["tags_all"])).filter(([name, value]) => !isSame(all[name], value));
  const region = body["region"] ?? own["region"] ?? null;
  return [
    ...(tags.some(isExpression) ? [] : others.map(([name, value]) => ({ way: `tags_all.${name}`, value }))),
    ...(region === null || isSame(region, planned["region"] ?? region)
      ? []
      : [{ way: "region", value: planned["region"] }]),
  ];
}

/** Configured blocks that a planned one may be; looked up, for there may be thousands. */
function alike(own: readonly JsonObject[]): (planned: JsonObject) => readonly JsonObject[] {
  let byLooks: ReadonlyMap<string, readonly JsonObject[]> | undefined;
  const names = namesOfAll(own);
  return (planned) => {
    byLooks ??= Map.groupBy(own, (each) => looksOf(each, names));
    return (byLooks.get(looksOf(planned, names)) ?? []).filter((each) => isSame(each, planned));
  };
}

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  isExpression(value) ? [] : listOf(value).filter(isObject);

/** What a plan says where a provider says nothing, or puts it off: null, no, nothing, and lists of nothing else. */
const isSilent = (value: Json | undefined): boolean =>
  value === "${unknown()}" ||
  value === undefined ||
  value === null ||
  value === false ||
  value === 0 ||
  value === "" ||
  (typeof value === "object" &&
    Object.values(value).every(isSilent) &&
    !(Array.isArray(value) && value.some(isObject)));
