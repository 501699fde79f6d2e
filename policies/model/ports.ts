import {
  coversRanges,
  intersectRanges,
  numbers,
  overlapRanges,
  type Ranges,
  subtractRanges,
  unionRanges,
} from "./ranges.ts";

/** Ports of TCP or UDP: sorted, disjoint, non-adjacent inclusive ranges in one flat list. */
export type PortSet = Ranges<number>;

export const noPorts: PortSet = [];
export const allPorts: PortSet = [0, 65_535];

/** Ports from the first to the last, both included; whatever is out of bounds is left out. */
export function portRange(first: number, last: number = first): PortSet {
  const [from, to] = [Math.max(0, first), Math.min(65_535, last)];
  if (from > to) return noPorts;
  const key = from * 65_536 + to;
  const range = ranges.get(key) ?? [from, to];
  if (ranges.size < MOST_RANGES) ranges.set(key, range);
  return range;
}

/** Rules may be hundreds of thousands, their ranges are few: one list each. */
const ranges = new Map<number, PortSet>();
const MOST_RANGES = 10_000;

/** Single ports. */
export const portsOf = (...ports: readonly number[]): PortSet => unionPorts(ports.map((port) => portRange(port)));

export const unionPorts = (sets: readonly PortSet[]): PortSet => unionRanges(numbers, sets);
export const intersectPorts = (a: PortSet, b: PortSet): PortSet => intersectRanges(a, b);
export const subtractPorts = (all: PortSet, less: PortSet): PortSet => subtractRanges(numbers, all, less);
export const coversPorts = (all: PortSet, part: PortSet): boolean => coversRanges(all, part);
export const overlapPorts = (a: PortSet, b: PortSet): boolean => overlapRanges(a, b);

export function hasPort(set: PortSet, port: number): boolean {
  // The last range that begins at the port or before it.
  let [low, high] = [0, set.length >> 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(set[2 * middle]) <= port) low = middle + 1;
    else high = middle;
  }
  return low > 0 && port <= Number(set[2 * low - 1]);
}

export const sizeOfPorts = (set: PortSet): number => {
  let size = 0;
  for (let at = 0; at < set.length; at += 2) size += Number(set[at + 1]) - Number(set[at]) + 1;
  return size;
};

/** `22, 8000-8999`; `all ports`; `no ports`. */
export function shownPorts(set: PortSet): string {
  if (set.length === 0) return "no ports";
  if (coversPorts(set, allPorts)) return "all ports";
  const found: string[] = [];
  for (let at = 0; at < set.length; at += 2) {
    found.push(set[at] === set[at + 1] ? `${set[at]}` : `${set[at]}-${set[at + 1]}`);
  }
  return found.join(", ");
}
