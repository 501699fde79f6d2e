import fc from "fast-check";
import { expect, test } from "vitest";
import { publicRanges } from "../../../policies/model/address-space.ts";
import { intersect, nowhere, parseCidr, same, union } from "../../../policies/model/addresses.ts";
import type { GroupRule } from "../../../policies/model/network/group-rules.ts";
import { openingsOf } from "../../../policies/model/network/openings.ts";
import { nobody } from "../../../policies/model/network/peers.ts";
import { TCP } from "../../../policies/model/network/protocol.ts";
import { isMoreThanAProvider, isMoreThanASite } from "../../../policies/model/network/widths.ts";
import { hasPort, portRange } from "../../../policies/model/ports.ts";

/** What rules let through together. */

const set = (cidr: string) => parseCidr(cidr) ?? nowhere;
const ruleOf = (cidr: string, first: number, last: number): GroupRule => ({
  at: { resource: "aws_security_group.a", stack: undefined, source: "a" },
  ...{ path: "ingress[0]", direction: "ingress", protocol: TCP, ports: portRange(first, last), icmp: undefined },
  ...{ peers: { ...nobody, addresses: set(cidr) }, description: undefined, implied: false },
});

test("openings agree with the union of all rules, port by port", () => {
  const rule = fc
    .tuple(
      fc.constantFrom("0.0.0.0/1", "128.0.0.0/1", "8.8.8.0/24", "8.8.8.128/25", "10.0.0.0/8", "2600::/12"),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 6 }),
    )
    .map(([cidr, first, more]) => ruleOf(cidr, first, first + more));
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 6 }), (rules) => {
      const within = [2, 9, 11, 14];
      const openings = openingsOf(rules, TCP, within);
      for (let port = 0; port <= 20; port += 1) {
        const active = rules.filter(({ ports }) => hasPort(ports as readonly number[], port) && hasPort(within, port));
        const expected = intersect(union(active.map(({ peers }) => peers.addresses)), publicRanges);
        const found = union(openings.filter(({ ports }) => hasPort(ports, port)).map(({ addresses }) => addresses));
        expect(same(found, expected)).toBe(true);
      }
    }),
  );
});

test("a site is a /24 or a /48, a provider a /16 or a /32, and one address more is too much", () => {
  const more = (cidr: string) => union([set(cidr), set("1.1.1.1"), set("2a00::1")]);
  expect([set("8.8.8.0/24"), set("2600:1:2::/48")].map(isMoreThanASite)).toEqual([false, false]);
  expect([more("8.8.8.0/24"), more("2600:1:2::/48")].map(isMoreThanASite)).toEqual([true, true]);
  expect([set("8.8.0.0/16"), set("2600:1::/32")].map(isMoreThanAProvider)).toEqual([false, false]);
  expect([more("8.8.0.0/16"), more("2600:1::/32")].map(isMoreThanAProvider)).toEqual([true, true]);
});

test("what NAT64 translates is as wide as what it stands for in IPv4", () => {
  expect([set("64:ff9b::808:800/120"), set("64:ff9b::/96")].map(isMoreThanASite)).toEqual([false, true]);
  expect([set("64:ff9b::808:0/112"), set("64:ff9b::/96")].map(isMoreThanAProvider)).toEqual([false, true]);
  expect(isMoreThanASite(union([set("8.8.8.0/24"), set("64:ff9b::808:800/120")]))).toBe(false);
  expect(isMoreThanASite(union([set("8.8.8.0/24"), set("64:ff9b::808:900/120")]))).toBe(true);
});
