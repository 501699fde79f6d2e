import fc from "fast-check";
import type { AddressSet } from "../../../policies/model/addresses.ts";
import { bigIntegers, numbers, unionRanges } from "../../../policies/model/ranges.ts";
import type { Box, Space } from "../../../policies/reachability/space/space.ts";

/** One packet by its numbers: what sampling asks sets about. */
export interface Point {
  readonly family: 4 | 6;
  readonly from: number;
  readonly to: number;
  readonly service: number;
}

const holds = <Value extends number | bigint>(ranges: readonly Value[], value: Value): boolean =>
  ranges.some((first, at) => at % 2 === 0 && first <= value && value <= (ranges[at + 1] as Value));

const has = (set: AddressSet, family: 4 | 6, value: number): boolean =>
  family === 4 ? holds(set.v4, value) : holds(set.v6, BigInt(value));

/** Whether a set has a packet: by looking, not by arithmetic on sets. */
export const hasPacket = (space: Space, { family, from, to, service }: Point): boolean =>
  space.some((box) => has(box.from, family, from) && has(box.to, family, to) && holds(box.services, service));

/** Numbers small enough that ranges meet, touch and hold each other. */
const SMALL = 24;
const range = fc.tuple(fc.nat(SMALL), fc.nat(6)).map(([first, more]) => [first, first + more] as const);
const ranges = fc.array(range, { maxLength: 3 }).map((all) => unionRanges(numbers, all));
const addresses: fc.Arbitrary<AddressSet> = fc.tuple(ranges, ranges).map(([four, six]) => ({
  v4: four,
  v6: unionRanges(bigIntegers, [six.map(BigInt)]),
}));

export const boxes: fc.Arbitrary<Box> = fc.record({ from: addresses, to: addresses, services: ranges });
export const spaces: fc.Arbitrary<Space> = fc.array(boxes, { maxLength: 4 });
export const points: fc.Arbitrary<Point> = fc.record({
  family: fc.constantFrom(4 as const, 6 as const),
  from: fc.nat(SMALL + 8),
  to: fc.nat(SMALL + 8),
  service: fc.nat(SMALL + 8),
});
