import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publicRanges } from "../../policies/model/address-space.ts";
import {
  type AddressSet,
  cidrsOf,
  covers,
  everywhere4,
  everywhere6,
  intersect,
  isEmpty,
  nowhere,
  overlaps,
  parseCidr,
  same,
  shownAddresses,
  sizeOf,
  subtract,
  union,
} from "../../policies/model/addresses.ts";
import { portRange, portsOf, shownPorts, subtractPorts, unionPorts } from "../../policies/model/ports.ts";

const all = (...cidrs: readonly string[]): AddressSet => union(cidrs.map((each) => parseCidr(each) ?? nowhere));

describe("a CIDR is the same set of addresses in each spelling", () => {
  test.each([
    ["0.0.0.0/0", everywhere4],
    ["203.0.113.7/0", everywhere4],
    ["0.0.0.0/00", everywhere4],
    ["::ffff:0.0.0.0/96", everywhere4],
    ["::FFFF:0:0/96", everywhere4],
    ["::/0", everywhere6],
    ["0::0/0", everywhere6],
    ["0:0:0:0:0:0:0:0/0", everywhere6],
    ["2001:db8::1/0", everywhere6],
    ["10.0.0.0/8", { v4: [10 * 2 ** 24, 11 * 2 ** 24 - 1], v6: [] }],
    ["10.20.30.40/8", { v4: [10 * 2 ** 24, 11 * 2 ** 24 - 1], v6: [] }],
    ["10.0.0.1", { v4: [10 * 2 ** 24 + 1, 10 * 2 ** 24 + 1], v6: [] }],
    ["::1", { v4: [], v6: [1n, 1n] }],
    ["::ffff:10.0.0.0/104", { v4: [10 * 2 ** 24, 11 * 2 ** 24 - 1], v6: [] }],
  ])("%s", (text, set) => {
    expect(parseCidr(text)).toEqual(set);
  });

  test.each([
    "",
    "/",
    "/0",
    "0/0",
    "1.2.3/24",
    "1.2.3.4.5/8",
    "1.2.3.4/33",
    "1.2.3.4/",
    "1.2.3.4/-1",
    "256.0.0.0/8",
    "010.0.0.0/8",
    "1.2.3.4/8/8",
    " 0.0.0.0/0",
    "0.0.0.0/0.0.0.0",
    "0x0.0.0.0/0",
    "1..2.3/4",
    "::/129",
    "::/",
    ":/0",
    "fe80::1%eth0/64",
    "::1::/0",
    "any",
    "${var.cidr}",
  ])("fails when the text is no CIDR: %s", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

test("halves and quarters of everything are everything", () => {
  expect(all("0.0.0.0/1", "128.0.0.0/1")).toEqual(everywhere4);
  expect(all("192.0.0.0/2", "0.0.0.0/2", "128.0.0.0/2", "64.0.0.0/2")).toEqual(everywhere4);
  expect(all("::/1", "8000::/1")).toEqual(everywhere6);
});

test("a set is shown as the fewest CIDRs", () => {
  expect(cidrsOf(all("10.0.0.0/9", "10.128.0.0/9", "2001:db8::/33", "2001:db8:8000::/33"))).toEqual([
    "10.0.0.0/8",
    "2001:db8::/32",
  ]);
  expect(cidrsOf(subtract(all("10.0.0.0/30"), all("10.0.0.0/32")))).toEqual(["10.0.0.1/32", "10.0.0.2/31"]);
  expect(cidrsOf(everywhere6)).toEqual(["::/0"]);
  expect(shownAddresses(nowhere)).toBe("no address");
  expect(shownAddresses(subtract(everywhere4, all("10.0.0.0/32")), 2)).toMatch(
    /^0\.0\.0\.0\/5, 8\.0\.0\.0\/7 and 30 more \([0-9a-f]{12}\)$/,
  );
});

test("two sets that begin alike are not shown alike", () => {
  const begin = ["1.1.1.0/24", "2.1.1.0/24", "3.1.1.0/24"];
  const shown = ["201.1.1.0/24", "208.0.0.0/4"].map((last) => shownAddresses(all(...begin, "200.1.1.0/24", last), 2));
  expect(shown.map((each) => each.replace(/ \(.*/, ""))).toEqual(Array(2).fill("1.1.1.0/24, 2.1.1.0/24 and 3 more"));
  expect(new Set(shown).size).toBe(2);
});

test("the internet is neither private nor link-local, and NAT64 leads to it", () => {
  const of = (text: string) => covers(publicRanges, parseCidr(text) ?? everywhere4);
  expect(["8.8.8.8", "2600::/12", "64:ff9b::808:808", "203.0.113.0/24"].filter((each) => !of(each))).toEqual([]);
  const never = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.169.254", "fd00:ec2::254", "fe80::/10"];
  expect(never.filter((each) => overlaps(publicRanges, parseCidr(each) ?? everywhere4))).toEqual([]);
});

/** Small sets of both families beside the numbers that they hold. */
const plain = fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 24 });
const setOf = (points: readonly number[]): AddressSet =>
  union(points.map((each) => ({ v4: [each, each], v6: [BigInt(each), BigInt(each)] })));
const sorted = (points: Iterable<number>): readonly number[] => [...new Set(points)].sort((a, b) => a - b);
function pointsOf({ v4 }: AddressSet): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < v4.length; at += 2)
    for (let each = v4[at] ?? 0; each <= (v4[at + 1] ?? -1); each += 1) found.push(each);
  return found;
}

describe("arithmetic agrees with plain sets", () => {
  test("union, intersection, difference, in both families alike", () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const [one, other] = [setOf(a), setOf(b)];
        const results = [
          [union([one, other]), [...a, ...b]],
          [intersect(one, other), a.filter((each) => b.includes(each))],
          [subtract(one, other), a.filter((each) => !b.includes(each))],
        ] as const;
        for (const [set, points] of results) {
          expect(pointsOf(set)).toEqual(sorted(points));
          expect(set.v6).toEqual(set.v4.map(BigInt));
        }
        expect(covers(one, other)).toBe(b.every((each) => a.includes(each)));
        expect(overlaps(one, other)).toBe(b.some((each) => a.includes(each)));
        expect(isEmpty(one)).toBe(a.length === 0);
        expect(same(one, other)).toBe(sorted(a).join() === sorted(b).join());
        expect(sizeOf(one)).toEqual({ v4: sorted(a).length, v6: BigInt(sorted(a).length) });
      }),
    );
  });

  test("the union of many ranges is the same in whatever order and form", () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 60 }), (ranges) => {
        const sets = ranges.map(([first, more]): AddressSet => ({ v4: [first, first + more], v6: [] }));
        const points = ranges.flatMap(([first, more]) => Array.from({ length: more + 1 }, (_, at) => first + at));
        expect(pointsOf(union(sets))).toEqual(sorted(points));
        expect(union([...sets].reverse())).toEqual(union(sets));
      }),
    );
  });

  test("what is shown reads back as the same set", () => {
    const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
    const v6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(v4, v6), { maxLength: 6 }), (cidrs) => {
        const set = all(...cidrs.map(([address, prefix]) => `${address}/${prefix}`));
        expect(all(...cidrsOf(set))).toEqual(set);
      }),
    );
  });
});

test("ports are sets too", () => {
  expect(unionPorts([portRange(0, 21), portRange(23, 70_000), portsOf(22)])).toEqual([0, 65_535]);
  expect(shownPorts(subtractPorts(portRange(0, 65_535), portsOf(22, 443)))).toBe("0-21, 23-442, 444-65535");
});
