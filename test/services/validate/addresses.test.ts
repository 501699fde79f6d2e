import { describe, expect, test } from "vitest";
import { faultsAfter } from "./faults-after.ts";
import { change, type Fixture } from "./fixture.ts";

const cases: readonly (readonly [title: string, edit: (parts: Fixture) => void, faults: readonly string[]])[] = [
  [
    "a range is no range",
    ({ staging }) => {
      change(staging, { cidr: "10.20.0.0" });
    },
    ['environments/staging/cidr: must be an IPv4 range such as 10.30.0.0/16, got "10.20.0.0"'],
  ],
  [
    "a range is too small",
    ({ staging }) => {
      change(staging, { cidr: "10.20.0.0/20" });
    },
    ['environments/staging/cidr: must be a /16: subnets are computed from it, got "10.20.0.0/20"'],
  ],
  [
    "a range has host bits",
    ({ staging }) => {
      change(staging, { cidr: "10.20.0.1/16" });
    },
    ['environments/staging/cidr: must have no host bits, got "10.20.0.1/16"'],
  ],
  [
    "a range is not private",
    ({ staging }) => {
      change(staging, { cidr: "172.32.0.0/16" });
    },
    ['environments/staging/cidr: must lie in a private range (RFC 1918), got "172.32.0.0/16"'],
  ],
  [
    "ranges of environments overlap",
    ({ production }) => {
      change(production, { cidr: "10.20.0.0/16" });
    },
    ['environments/production/cidr: must not overlap 10.20.0.0/16 of staging, got "10.20.0.0/16"'],
  ],
  [
    "a range of clients is as wide as an environment",
    ({ staging }) => {
      change(staging, { ranges: { ...staging.ranges, clients: ["198.51.0.0/16"] } });
    },
    ['environments/staging/ranges/clients/#0: must be narrower than a /16, got "198.51.0.0/16"'],
  ],
  [
    "everybody is an administrator",
    ({ staging }) => {
      change(staging, { ranges: { ...staging.ranges, admins: ["0.0.0.0/0"] } });
    },
    [
      'environments/staging/ranges/admins/#0: must be narrower than a /24 (NOD-5.1), got "0.0.0.0/0"',
      'environments/staging/ranges/admins/#0: must be addresses that can reach us, got "0.0.0.0/0"',
      'environments/staging/ranges/admins/#0: must not overlap 10.20.0.0/16 of staging: those are no outsiders, got "0.0.0.0/0"',
    ],
  ],
  [
    "administrators have a /24 [NOD-5.1]",
    ({ staging }) => {
      change(staging, { ranges: { ...staging.ranges, admins: ["203.0.113.0/24"] } });
    },
    ['environments/staging/ranges/admins/#0: must be narrower than a /24 (NOD-5.1), got "203.0.113.0/24"'],
  ],
  [
    "a range of outsiders is ours",
    ({ staging }) => {
      change(staging, { ranges: { ...staging.ranges, clients: ["10.30.4.0/22"] } });
    },
    [
      'environments/staging/ranges/clients/#0: must not overlap 10.30.0.0/16 of production: those are no outsiders, got "10.30.4.0/22"',
    ],
  ],
  [
    "a range of outsiders is in IPv6 or in octal",
    ({ staging }) => {
      change(staging, { ranges: { ...staging.ranges, clients: ["2001:db8::/48", "010.1.2.0/24"] } });
    },
    [
      'environments/staging/ranges/clients/#0: must be an IPv4 range such as 198.51.100.0/24, got "2001:db8::/48"',
      'environments/staging/ranges/clients/#1: must be an IPv4 range such as 198.51.100.0/24, got "010.1.2.0/24"',
    ],
  ],
  [
    "a range of outsiders has host bits",
    ({ staging }) => {
      change(staging, { ranges: { ...staging.ranges, clients: ["198.51.100.1/24"] } });
    },
    ['environments/staging/ranges/clients/#0: must have no host bits, got "198.51.100.1/24"'],
  ],
  [
    "nobody is a client",
    ({ staging }) => {
      change(staging, { ranges: { ...staging.ranges, clients: [] } });
    },
    ["environments/staging/ranges/clients: must name at least one range, got none"],
  ],
  [
    "two hosts of a tier have one number",
    ({ redis }) => {
      change(redis, { address: 4 });
    },
    ['shop-system/stores/redis/address: must be unique, got "4 in data", which database has'],
  ],
  [
    "a host's number is outside the block",
    ({ redis }) => {
      change(redis, { address: 61 });
    },
    ["shop-system/stores/redis/address: must be a whole number from 4 to 60, got 61"],
  ],
  [
    "a service's block is none, or the cluster's",
    ({ service }) => {
      change(service, { block: 7 });
    },
    ["shop-system/block: must be a whole number from 0 to 6, got 7"],
  ],
];

describe("validateCatalogue: addresses", () => {
  test.each(cases)("fails when %s", (_title, edit, faults) => {
    // When
    const found = faultsAfter(edit);
    // Then
    expect(found).toEqual(faults);
  });
});
