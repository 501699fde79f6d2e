import { type AddressSet, parseCidr, union } from "../addresses.ts";
import { numbers, type Ranges, unionRanges } from "../ranges.ts";
import type { Reader } from "./tokens.ts";

/** Elements of a set, or one value: their texts, or that they are another set's. */
export type Elements = readonly string[] | { readonly set: string } | undefined;

/** Names of ports that Debian's nft knows by itself, of those a firewall may have. */
const PORTS: Readonly<Record<string, number>> = {
  ssh: 22,
  domain: 53,
  bootps: 67,
  bootpc: 68,
  http: 80,
  ntp: 123,
  https: 443,
  submission: 587,
  mysql: 3306,
  postgresql: 5432,
};

/** Reads a value: `443`, `{ 80, 443 }`, `@clients`, `10.0.0.1-10.0.0.9`. Nothing where it is something else. */
export function readElements(reader: Reader): Elements {
  if (reader.next?.kind === "end" || reader.done) return undefined;
  if (reader.accepts("{")) return readList(reader);
  const word = reader.take()?.text ?? "";
  if (word.startsWith("@")) return { set: word.slice(1) };
  return word.startsWith("$") || reader.peek() === "." ? undefined : [word];
}

function readList(reader: Reader): Elements {
  const found: string[] = [];
  while (!reader.done && !reader.accepts("}")) {
    const word = reader.take();
    if (word === undefined || word.kind === "end" || word.text === ",") continue;
    const after = reader.peek();
    // Elements of several parts, or with a timeout or a counter of their own.
    if (after !== undefined && after !== "," && after !== "}") return undefined;
    found.push(word.text);
  }
  return found;
}

/** Addresses of elements; nothing where one is none. */
export function addressesOf(elements: readonly string[]): AddressSet | undefined {
  const sets = elements.map((each) => {
    const dash = each.indexOf("-");
    if (dash < 0) return parseCidr(each);
    const [first, last] = [parseCidr(each.slice(0, dash)), parseCidr(each.slice(dash + 1))];
    return first === undefined || last === undefined ? undefined : between(first, last);
  });
  return sets.every((each) => each !== undefined) ? union(sets) : undefined;
}

function between(first: AddressSet, last: AddressSet): AddressSet | undefined {
  const [from4, to4, from6, to6] = [first.v4[0], last.v4.at(-1), first.v6[0], last.v6.at(-1)];
  if (from4 !== undefined && to4 !== undefined && from4 <= to4) return { v4: [from4, to4], v6: [] };
  return from6 !== undefined && to6 !== undefined && from6 <= to6 ? { v4: [], v6: [from6, to6] } : undefined;
}

/** Ports of elements; nothing where one is none. */
export function portsOf(elements: readonly string[]): Ranges<number> | undefined {
  const sets = elements.map((each) => {
    const [first = "", last = first, ...more] = each.split("-");
    const [from, to] = [portOf(first), portOf(last)];
    if (from === undefined || to === undefined || more.length > 0 || from > to) return undefined;
    return [from, to] as const;
  });
  return sets.every((each) => each !== undefined) ? unionRanges(numbers, sets) : undefined;
}

function portOf(text: string): number | undefined {
  const named = PORTS[text];
  if (named !== undefined) return named;
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : undefined;
}
