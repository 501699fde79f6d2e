import { hash } from "node:crypto";
import {
  type AddressSet,
  everywhere,
  intersect,
  isEmpty,
  nowhere,
  same,
  subtract,
  union,
} from "../../model/addresses.ts";
import { sameRanges } from "../../model/ranges.ts";
import { allOf, both, everyService, type Services, without } from "./services.ts";

/** All packets from any of these addresses to any of those, of the same family, of these services. */
export interface Box {
  readonly from: AddressSet;
  readonly to: AddressSet;
  readonly services: Services;
}

/** A set of packets: what is in any of its boxes. They may overlap. */
export type Space = readonly Box[];

export const noPacket: Space = [];
export const everyPacket: Space = [{ from: everywhere, to: everywhere, services: everyService }];

/** A box with what is not given being everything. */
export const box = ({ from = everywhere, to = everywhere, services = everyService }: Partial<Box>): Box => ({
  ...{ from, to, services },
});

const isEmptyBox = ({ from, to, services }: Box): boolean =>
  services.length === 0 ||
  ((from.v4.length === 0 || to.v4.length === 0) && (from.v6.length === 0 || to.v6.length === 0));

export const isNothing = (space: Space): boolean => space.every(isEmptyBox);

const meet = (a: Box, b: Box): Box => {
  if (areApart(a.from, b.from) || areApart(a.to, b.to)) return NOTHING;
  const services = a.services === everyService ? b.services : both(a.services, b.services);
  if (services.length === 0) return NOTHING;
  const from = common(a.from, b.from);
  return isEmpty(from) ? NOTHING : { from, to: common(a.to, b.to), services };
};

/** Whether addresses of the one end before those of the other begin, and IPv6 is none: as subnets mostly are. */
function areApart({ v4: a, v6 }: AddressSet, { v4: b, v6: other }: AddressSet): boolean {
  if (v6.length > 0 && other.length > 0) return false;
  return lastOf(a) < firstOf(b) || lastOf(b) < firstOf(a);
}

const firstOf = (points: readonly number[]): number => points[0] ?? Number.POSITIVE_INFINITY;
const lastOf = (points: readonly number[]): number => points[points.length - 1] ?? -1;

/** Sets are handed on as they are: most that meet are the same, or everything. */
function common(a: AddressSet, b: AddressSet): AddressSet {
  if (a === b || b === everywhere) return a;
  return a === everywhere ? b : intersect(a, b);
}

const NOTHING: Box = { from: nowhere, to: nowhere, services: [] };

/** What is in both. */
export function intersectSpaces(a: Space, b: Space): Space {
  if (a === everyPacket || a === b) return b;
  if (b === everyPacket) return a;
  const found: Box[] = [];
  if (a.length > FEW && b.length > FEW) meetInOrder(orderedOf(a), orderedOf(b), found);
  else {
    for (const one of a) for (const other of b) if (!areElsewhere(one, other)) keep(meet(one, other), found);
  }
  return found;
}

/** Most have no service in common: seen by their ends, before anything is made. */
const areElsewhere = ({ services: a }: Box, { services: b }: Box): boolean =>
  firstOf(b) > lastOf(a) || lastOf(b) < firstOf(a);

/** So many boxes are looked through one by one. */
const FEW = 8;

/** Boxes in the order in which their services begin; up to each, where the last of all services ends. */
interface Ordered {
  readonly boxes: Space;
  readonly ends: readonly number[];
}

/** Of spaces that are compared with many others. */
const ORDERED = new WeakMap<Space, Ordered>();

function orderedOf(space: Space): Ordered {
  const known = ORDERED.get(space);
  if (known !== undefined) return known;
  const boxes = space.toSorted((one, other) => firstOf(one.services) - firstOf(other.services));
  const ends: number[] = [];
  for (const { services } of boxes) ends.push(Math.max(ends.at(-1) ?? -1, lastOf(services)));
  const ordered = { boxes, ends };
  ORDERED.set(space, ordered);
  return ordered;
}

/** Goes along both at once: each box meets only those whose services begin before its own end, and reach it. */
function meetInOrder(a: Ordered, b: Ordered, found: Box[]): void {
  let from = 0;
  for (const one of a.boxes) {
    const [first, last] = [firstOf(one.services), lastOf(one.services)];
    while (from < b.ends.length && (b.ends[from] ?? 0) < first) from += 1;
    for (let at = from; at < b.boxes.length; at += 1) {
      const other = b.boxes[at] as Box;
      if (firstOf(other.services) > last) break;
      if (lastOf(other.services) >= first) keep(meet(one, other), found);
    }
  }
}
/** What is in the first and not in the second: of each box at most three pieces for each that is taken away. */
export function subtractSpaces(all: Space, less: Space): Space {
  if (all === less) return [];
  let left: readonly Box[] = all.filter((each) => !isEmptyBox(each));
  for (const taken of less) {
    if (left.length === 0) break;
    if (left.every((each) => areElsewhere(each, taken))) continue;
    const pieces: Box[] = [];
    for (const each of left) cut(each, taken, pieces);
    left = pieces;
  }
  return left;
}

function cut(each: Box, taken: Box, pieces: Box[]): void {
  const common = meet(each, taken);
  if (isEmptyBox(common)) {
    pieces.push(each);
    return;
  }
  const { from, to, services } = each;
  keep({ from: subtract(from, common.from), to, services }, pieces);
  keep({ from: common.from, to: subtract(to, common.to), services }, pieces);
  keep({ from: common.from, to: common.to, services: without(services, common.services) }, pieces);
}

const keep = (piece: Box, pieces: Box[]): void => {
  if (!isEmptyBox(piece)) pieces.push(piece);
};

/** All of many, boxes that differ in one side only joined. */
export const unionSpaces = (spaces: readonly Space[]): Space => joined(spaces.flat());

/** Fewer boxes of the same set: those that differ in one side only become one. */
export function joined(space: Space): Space {
  let boxes: readonly Box[] = space.filter((each) => !isEmptyBox(each));
  for (const side of ["services", "from", "to"] as const) {
    if (boxes.length < 2) break;
    boxes = joinedBy(side, boxes);
  }
  return boxes;
}

type Side = "from" | "to" | "services";

function joinedBy(side: Side, boxes: readonly Box[]): readonly Box[] {
  const groups = Map.groupBy(boxes, (each) => keyWithout(side, each));
  return groups.size === boxes.length ? boxes : [...groups.values()].map((group) => joinedOne(side, group));
}

function joinedOne(side: Side, group: readonly Box[]): Box {
  const [first = NOTHING] = group;
  if (group.length === 1) return first;
  if (side === "services") return { ...first, services: allOf(group.map(({ services }) => services)) };
  return { ...first, [side]: union(group.map((each) => each[side])) };
}

const keyWithout = (side: Side, { from, to, services }: Box): string =>
  `${side === "from" ? "" : keyOf(from)}>${side === "to" ? "" : keyOf(to)}:${side === "services" ? "" : services.join()}`;

/** Of sets that stand in many boxes. */
const KEYS = new WeakMap<AddressSet, string>();

function keyOf(set: AddressSet): string {
  const key = KEYS.get(set) ?? `${set.v4.join()};${set.v6.join()}`;
  KEYS.set(set, key);
  return key;
}

/** A set of packets in few letters: another set has others. */
export const digestOf = (space: Space): string =>
  hash(
    "sha256",
    joined(space)
      .map(({ from, to, services }) => `${keyOf(from)}>${keyOf(to)}:${services.join()}`)
      .sort()
      .join("\n"),
  );

/** Whether all of a part is in a set. */
export const coversSpace = (all: Space, part: Space): boolean => subtractSpaces(part, all).length === 0;

export const sameSpaces = (a: Space, b: Space): boolean => coversSpace(a, b) && coversSpace(b, a);

/** Whether two boxes are spelled the same. */
export const sameBoxes = (a: Box, b: Box): boolean =>
  same(a.from, b.from) && same(a.to, b.to) && sameRanges(a.services, b.services);

/** Packets the other way: to where they came from. What replies are, but for their ports. */
export const turned = (space: Space, services: Services): Space =>
  space.map(({ from, to }) => ({ from: to, to: from, services }));
