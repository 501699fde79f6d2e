import { type AddressSet, nowhere, parseCidr, union } from "../addresses.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

interface Texts {
  readonly addresses: AddressSet;
  readonly unknown: readonly Unknown[];
}

const NONE: readonly never[] = [];
const NOTHING: Texts = { addresses: nowhere, unknown: NONE };

/** The texts of CIDRs as one set, and what of them is none. An empty text is how plans say that there is none. */
export function addressesOf(cidrs: readonly (Value<string> | undefined)[]): Texts {
  const given = cidrs.length === 1 ? cidrs : cidrs.filter((cidr) => cidr !== undefined && cidr !== "");
  const [only] = given;
  if (given.length === 0 || only === undefined || only === "") return NOTHING;
  if (given.length === 1) {
    const set = isUnknown(only) ? undefined : parseCidr(only);
    return set === undefined ? { addresses: nowhere, unknown: [unknownOf(only)] } : { addresses: set, unknown: NONE };
  }
  const sets: AddressSet[] = [];
  const unknown: Unknown[] = [];
  for (const cidr of given) {
    const set = typeof cidr === "string" ? parseCidr(cidr) : undefined;
    if (set !== undefined) sets.push(set);
    else unknown.push(unknownOf(cidr));
  }
  return { addresses: union(sets), unknown };
}

const unknownOf = (cidr: Value<string> | undefined): Unknown => (isUnknown(cidr) ? cidr : new Unknown(cidr ?? ""));
