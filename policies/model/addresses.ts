import { hash } from "node:crypto";
import { maskOf, parseRange } from "./cidr.ts";
import {
  bigIntegers,
  coversRanges,
  intersectRanges,
  numbers,
  overlapRanges,
  sameRanges,
  subtractRanges,
  unionRanges,
} from "./ranges.ts";

/** A set of addresses of both families: for each, sorted, disjoint, non-adjacent inclusive ranges in one flat list. */
export interface AddressSet {
  readonly v4: readonly number[];
  readonly v6: readonly bigint[];
}

export const last4 = 2 ** 32 - 1;
export const last6 = 2n ** 128n - 1n;

export const nowhere: AddressSet = { v4: [], v6: [] };
export const everywhere4: AddressSet = { v4: [0, last4], v6: [] };
export const everywhere6: AddressSet = { v4: [], v6: [0n, last6] };
export const everywhere: AddressSet = { v4: [0, last4], v6: [0n, last6] };

/**
 * The addresses of a CIDR or of one address, whatever its spelling: `0::0/0` is `::/0`, bits behind the mask count for
 * nothing, an IPv4-mapped address (`::ffff:10.0.0.0/104`) is that of IPv4. Nothing where it is neither.
 */
export function parseCidr(text: string): AddressSet | undefined {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const range = parseRange(text);
  if (range === undefined) return undefined;
  const set: AddressSet =
    range.family === 4 ? { v4: [range.first, range.last], v6: NONE } : { v4: NONE, v6: [range.first, range.last] };
  if (parsed.size < MOST_PARSED) parsed.set(text, set);
  return set;
}

const NONE: readonly never[] = [];

/** Rules may be hundreds of thousands, and name the same addresses again and again: one set each. */
const parsed = new Map<string, AddressSet>();
const MOST_PARSED = 10_000;

/** All of many sets, in the time of sorting their ranges. */
export const union = (sets: readonly AddressSet[]): AddressSet => ({
  v4: unionRanges(
    numbers,
    sets.map(({ v4 }) => v4),
  ),
  v6: unionRanges(
    bigIntegers,
    sets.map(({ v6 }) => v6),
  ),
});

export const intersect = (a: AddressSet, b: AddressSet): AddressSet => ({
  v4: intersectRanges(a.v4, b.v4),
  v6: intersectRanges(a.v6, b.v6),
});

/** What is in the first and not in the second. */
export const subtract = (all: AddressSet, less: AddressSet): AddressSet => ({
  v4: subtractRanges(numbers, all.v4, less.v4),
  v6: subtractRanges(bigIntegers, all.v6, less.v6),
});

export const isEmpty = ({ v4, v6 }: AddressSet): boolean => v4.length === 0 && v6.length === 0;

/** Whether all of a part is in a set. */
export const covers = (all: AddressSet, part: AddressSet): boolean =>
  coversRanges(all.v4, part.v4) && coversRanges(all.v6, part.v6);

/** Whether they have an address in common. */
export const overlaps = (a: AddressSet, b: AddressSet): boolean =>
  overlapRanges(a.v4, b.v4) || overlapRanges(a.v6, b.v6);

export const same = (a: AddressSet, b: AddressSet): boolean => sameRanges(a.v4, b.v4) && sameRanges(a.v6, b.v6);

/** How many addresses of each family. */
export function sizeOf({ v4, v6 }: AddressSet): { readonly v4: number; readonly v6: bigint } {
  let [four, six] = [0, 0n];
  for (let at = 0; at < v4.length; at += 2) four += Number(v4[at + 1]) - Number(v4[at]) + 1;
  for (let at = 0; at < v6.length; at += 2) six += BigInt(v6[at + 1] ?? 0) - BigInt(v6[at] ?? 0) + 1n;
  return { v4: four, v6: six };
}

/** The fewest CIDRs that are this set, IPv4 first. */
export function cidrsOf({ v4, v6 }: AddressSet): readonly string[] {
  const found: string[] = [];
  const each4 = v4.map(BigInt);
  for (let at = 0; at < each4.length; at += 2) found.push(...blocks(each4[at], each4[at + 1], 32));
  for (let at = 0; at < v6.length; at += 2) found.push(...blocks(v6[at], v6[at + 1], 128));
  return found;
}

function blocks(first: bigint | undefined, last: bigint | undefined, bits: 32 | 128): readonly string[] {
  if (first === undefined || last === undefined) return [];
  const found: string[] = [];
  for (let at = first; at <= last; ) {
    let size = 0;
    // As large as the alignment of its beginning and the room left allow.
    while (size < bits && ((at >> BigInt(size)) & 1n) === 0n && at + (1n << BigInt(size + 1)) - 1n <= last) size += 1;
    found.push(maskOf(at, bits, bits - size));
    at += 1n << BigInt(size);
  }
  return found;
}

/**
 * As fewest CIDRs, for a reader: `10.0.0.0/8, 2001:db8::/32`; beyond some, how many more, with a digest of all: sets that
 * differ in those are not shown alike.
 */
export function shownAddresses(set: AddressSet, most = 6): string {
  const cidrs = cidrsOf(set);
  if (cidrs.length === 0) return "no address";
  const rest = cidrs.length - most;
  if (rest <= 1) return cidrs.join(", ");
  return `${cidrs.slice(0, most).join(", ")} and ${rest} more (${hash("sha256", cidrs.join()).slice(0, 12)})`;
}
