import { type AddressSet, everywhere, intersect, parseCidr, subtract, union } from "../../addresses.ts";
import { allPorts, intersectPorts, type PortSet, portRange, subtractPorts, unionPorts } from "../../ports.ts";
import { isUnknown, Unknown, type Value } from "../../value.ts";

/** Sets that a rule names by `$NAME`, or by `@NAME` where it is a prefix list. */
export interface Variables {
  readonly addresses: ReadonlyMap<string, Value<AddressSet>>;
  readonly ports: ReadonlyMap<string, Value<PortSet>>;
}

/** How sets of one kind are read and worked with. */
interface Algebra<Set> {
  readonly all: Set;
  readonly one: (text: string) => Set | undefined;
  readonly named: ReadonlyMap<string, Value<Set>>;
  readonly union: (sets: readonly Set[]) => Set;
  readonly both: (a: Set, b: Set) => Set;
  readonly without: (all: Set, less: Set) => Set;
}

/** `any`, `10.0.0.0/8`, `!$HOME_NET`, `[10.0.0.0/8,!10.1.0.0/16]`. */
export const addressesIn = (text: string, { addresses }: Variables): Value<AddressSet> =>
  setIn(text, {
    all: everywhere,
    one: parseCidr,
    named: addresses,
    union,
    both: intersect,
    without: subtract,
  });

/** `any`, `443`, `1024:`, `[80,443]`, `!53`. */
export const portsIn = (text: string, { ports }: Variables): Value<PortSet> =>
  setIn(text, {
    all: allPorts,
    one: portsOfText,
    named: ports,
    union: unionPorts,
    both: intersectPorts,
    without: subtractPorts,
  });

function portsOfText(text: string): PortSet | undefined {
  const match = /^(\d*)(:?)(\d*)$/.exec(text);
  if (match === null || text === "" || text === ":") return undefined;
  const [, first = "", colon, last = ""] = match;
  if (colon === "") return portRange(Number(first));
  return portRange(first === "" ? 0 : Number(first), last === "" ? 65_535 : Number(last));
}

/** A list admits what one of its plain members has, and none of its negated ones. */
function setIn<Set>(text: string, algebra: Algebra<Set>): Value<Set> {
  const trimmed = text.trim();
  if (trimmed.startsWith("!")) {
    const inner = setIn(trimmed.slice(1), algebra);
    return isUnknown(inner) ? inner : algebra.without(algebra.all, inner);
  }
  if (trimmed.startsWith("[") && trimmed.endsWith("]")) return setOfList(membersOf(trimmed.slice(1, -1)), algebra);
  if (trimmed.toLowerCase() === "any") return algebra.all;
  if (/^[$@]/.test(trimmed)) return algebra.named.get(trimmed.slice(1)) ?? new Unknown(trimmed);
  return algebra.one(trimmed) ?? new Unknown(trimmed);
}

function setOfList<Set>(members: readonly string[], algebra: Algebra<Set>): Value<Set> {
  const plain: Set[] = [];
  const negated: Set[] = [];
  for (const member of members) {
    const isNegated = member.startsWith("!");
    const set = setIn(isNegated ? member.slice(1) : member, algebra);
    if (isUnknown(set)) return set;
    (isNegated ? negated : plain).push(set);
  }
  const all = plain.length === 0 ? algebra.all : algebra.union(plain);
  return negated.reduce((left, less) => algebra.without(left, less), all);
}

/** Members of a list; lists may stand in lists. */
function membersOf(text: string): readonly string[] {
  const members: string[] = [];
  let depth = 0;
  let member = "";
  for (const each of `${text},`) {
    if (each === "[") depth += 1;
    if (each === "]") depth -= 1;
    if (each === "," && depth === 0) {
      if (member.trim() !== "") members.push(member.trim());
      member = "";
    } else member += each;
  }
  return members;
}
