import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everywhere, nowhere, parseCidr } from "../../../policies/model/addresses.ts";
import { onlyPacket, packetOf, shownPacket } from "../../../policies/reachability/space/packet.ts";
import { allOf, protocolServices, service, shownServices } from "../../../policies/reachability/space/services.ts";
import {
  box,
  coversSpace,
  everyPacket,
  intersectSpaces,
  joined,
  noPacket,
  type Space,
  sameSpaces,
  subtractSpaces,
  unionSpaces,
} from "../../../policies/reachability/space/space.ts";
import { hasPacket, points, spaces } from "./sample.ts";

const cidr = (text: string) => parseCidr(text) ?? nowhere;

describe("sets of packets agree with plain sampling of packets", () => {
  const agree = (law: (a: Space, b: Space, in1: boolean, in2: boolean, has: (s: Space) => boolean) => boolean) =>
    fc.assert(
      fc.property(spaces, spaces, fc.array(points, { minLength: 20, maxLength: 20 }), (a, b, all) =>
        all.every((point) => law(a, b, hasPacket(a, point), hasPacket(b, point), (space) => hasPacket(space, point))),
      ),
      { numRuns: 300 },
    );

  test("what is in both", () => agree((a, b, x, y, has) => has(intersectSpaces(a, b)) === (x && y)));
  test("what is in any", () => agree((a, b, x, y, has) => has(unionSpaces([a, b])) === (x || y)));
  test("what is in one and not in the other", () =>
    agree((a, b, x, y, has) => has(subtractSpaces(a, b)) === (x && !y)));
  test("fewer boxes are the same set", () => agree((a, _, x, __, has) => has(joined(a)) === x));
});

describe("laws of sets", () => {
  test("a difference and what is in both make up the first, and have nothing in common", () => {
    fc.assert(
      fc.property(spaces, spaces, (a, b) => {
        const [left, common] = [subtractSpaces(a, b), intersectSpaces(a, b)];
        expect(sameSpaces([...left, ...common], a)).toBe(true);
        expect(intersectSpaces(left, common)).toEqual([]);
      }),
    );
  });

  test("a counterexample of what one has more is in the one and not in the other", () => {
    fc.assert(
      fc.property(spaces, spaces, (a, b) => {
        const left = subtractSpaces(a, b);
        expect(coversSpace(b, a)).toBe(left.length === 0);
        const [first] = left;
        if (first === undefined) return;
        expect(coversSpace(a, [onlyPacket(first)])).toBe(true);
        expect(intersectSpaces(b, [onlyPacket(first)])).toEqual([]);
      }),
    );
  });
});

describe("packets in words", () => {
  test("a packet is shown by its addresses, protocol and port, in both families", () => {
    const web: Space = [box({ from: cidr("10.0.0.4/31"), to: cidr("10.1.0.0/16"), services: service("tcp", 443) })];
    const six: Space = [box({ from: cidr("2001:db8::/64"), to: cidr("::/0"), services: service("udp", 53) })];
    const shown = [web, six].map((space) => packetOf(space)).map((packet) => packet && shownPacket(packet));
    expect(shown).toEqual(["tcp 10.0.0.4 -> 10.1.0.0:443", "udp 2001:db8:: -> [::]:53"]);
  });

  test("no packet goes from an address of one family to one of the other", () => {
    const mixed: Space = [box({ from: cidr("10.0.0.0/8"), to: cidr("2001:db8::/32") })];
    expect(packetOf(mixed)).toBeUndefined();
    expect(subtractSpaces(mixed, noPacket)).toEqual([]);
    expect(coversSpace(noPacket, mixed)).toBe(true);
  });

  test("services are named as briefly as they can be", () => {
    const all = [
      everyPacket[0]?.services ?? [],
      protocolServices(6),
      allOf([service("tcp", 80), service("tcp", 443, 444)]),
    ];
    expect(all.map((each) => shownServices(each))).toEqual(["every protocol", "tcp", "tcp 80, tcp 443-444"]);
    expect(everywhere).toEqual({ v4: everyPacket[0]?.from.v4, v6: everyPacket[0]?.from.v6 });
  });
});
