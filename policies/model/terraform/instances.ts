import { isObject, type Json } from "../json.ts";
import type { Difference } from "./difference.ts";
import type { Document, RawResource } from "./document.ts";
import { isTemplate } from "./expression.ts";
import { withoutKeys } from "./module-calls.ts";
import { repetitionsOf } from "./repetition.ts";

/**
 * Resources of which a plan has others than a literal `count` or `for_each` makes, or a single one where there are to be
 * several. Those that it has none of are gaps of it.
 */
export function instanceDifferences(plan: Document, configuration: Document): readonly Difference[] {
  const puttingOff = new Set((plan.gaps ?? []).map(({ address = "" }) => withoutKeys(address).replaceAll("[*]", "")));
  const planned = Map.groupBy(plan.resources, ({ address }) => withoutKeys(address));
  return configuration.resources.flatMap((each): readonly Difference[] => {
    const expected = keysOf(each);
    const found = planned.get(each.address);
    if (expected === undefined || found === undefined || puttingOff.has(each.address)) return [];
    return [...Map.groupBy(found, ({ module }) => module)].flatMap(([module, instances]) => {
      const keys = instances.map(({ address }) => address.slice(`${module}${each.type}.${each.name}`.length)).sort();
      return keys.join() === expected.keys.toSorted().join()
        ? []
        : [
            {
              resource: each.address,
              attribute: expected.attribute,
              planned: said(keys),
              configured: said(expected.keys),
            },
          ];
    });
  });
}

/** What stands behind the addresses of a resource: nothing, `[0]`, `["a"]`. Absent: an expression decides. */
function keysOf({ attributes, module }: RawResource): { attribute: string; keys: readonly string[] } | undefined {
  const [own] = repetitionsOf(attributes, module);
  if (own === undefined) return { attribute: "count", keys: [""] };
  const { attribute, value } = own;
  const keys = attribute === "count" ? countedKeys(value) : listedKeys(value);
  return keys === undefined ? undefined : { attribute, keys };
}

function countedKeys(value: Json): readonly string[] | undefined {
  const number = typeof value === "object" || typeof value === "boolean" ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= 0 && number <= MOST
    ? Array.from({ length: number }, (_, at) => `[${at}]`)
    : undefined;
}

/** More of one resource nobody writes. */
const MOST = 10_000;

const listedKeys = (value: Json): readonly string[] | undefined =>
  isObject(value) && !Object.keys(value).some(isTemplate)
    ? Object.keys(value).map((key) => `[${JSON.stringify(key)}]`)
    : undefined;

const said = (keys: readonly string[]): string =>
  keys.length === 0 ? "none" : keys.map((key) => (key === "" ? "one without a key" : key)).join(", ");
