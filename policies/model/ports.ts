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
export const portRange = (first: number, last: number = first): PortSet => {
  const [from, to] = [Math.max(0, first), Math.min(65_535, last)];
  return from <= to ? [from, to] : noPorts;
};

/** Single ports. */
export const portsOf = (...ports: readonly number[]): PortSet => unionPorts(ports.map((port) => portRange(port)));

export const unionPorts = (sets: readonly PortSet[]): PortSet => unionRanges(numbers, sets);
export const intersectPorts = (a: PortSet, b: PortSet): PortSet => intersectRanges(a, b);
export const subtractPorts = (all: PortSet, less: PortSet): PortSet => subtractRanges(numbers, all, less);
export const coversPorts = (all: PortSet, part: PortSet): boolean => coversRanges(all, part);
export const overlapPorts = (a: PortSet, b: PortSet): boolean => overlapRanges(a, b);

export function hasPort(set: PortSet, port: number): boolean {
  for (let at = 0; at < set.length; at += 2) {
    if (port < Number(set[at])) return false;
    if (port <= Number(set[at + 1])) return true;
  }
  return false;
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
