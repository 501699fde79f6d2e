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
  for (const one of a) {
    const first = firstOf(one.services);
    const last = lastOf(one.services);
    for (const other of b) {
      // Most have no service in common: seen by their ends, before anything is made.
      if (firstOf(other.services) > last || lastOf(other.services) < first) continue;
      const common = meet(one, other);
      if (!isEmptyBox(common)) found.push(common);
    }
  }
  return found;
}

/** What is in the first and not in the second: of each box at most three pieces for each that is taken away. */
export function subtractSpaces(all: Space, less: Space): Space {
  if (all === less) return [];
  let left: readonly Box[] = all.filter((each) => !isEmptyBox(each));
  for (const taken of less) {
    if (left.length === 0) break;
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

const keyOf = ({ v4, v6 }: AddressSet): string => `${v4.join()};${v6.join()}`;

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
