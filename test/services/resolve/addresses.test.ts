import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import { gib, patroni } from "../../../services/define.ts";
import { type EndpointService, endpointGroups } from "../../../services/platform.ts";
import {
  appSubnets,
  endpointAddress,
  hostAddress,
  sharedSubnets,
  tierCidr,
} from "../../../services/resolve/addressing.ts";
import { resolve, resolveEstate, type Subnet } from "../../../services/resolve.ts";
import type { Environment } from "../../../services/schema/environment.ts";
import { machines, shop, small } from "./small.ts";

const tiers = ["public", "egress", "firewall", "dmz", "data", "endpoints", "app"] as const;
const hostTiers = ["dmz", "app", "data"] as const;
const endpointServices: readonly EndpointService[] = Object.values(endpointGroups).flat();

/** First and last address of a range as numbers; written apart from the product's arithmetic. */
function span(cidr: string): readonly [first: number, last: number] {
  const [address = "", prefix = "32"] = cidr.split("/");
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}
const inside = (inner: string, outer: string): boolean =>
  span(inner)[0] >= span(outer)[0] && span(inner)[1] <= span(outer)[1];
const apart = (one: string, other: string): boolean => span(one)[1] < span(other)[0] || span(other)[1] < span(one)[0];

/** In the half of its subnet that AWS gives to nothing else, and not the broadcast address. */
function inReservedHalf(address: string, { cidr }: Pick<Subnet, "cidr">): boolean {
  const [first, last] = span(cidr);
  const [value] = span(address);
  return value >= first + (last + 1 - first) / 2 && value < last;
}

const subnetsFor = (environment: Environment, tier: (typeof hostTiers)[number], block: number): readonly Subnet[] =>
  tier === "app" ? appSubnets(environment, { name: `block-${block}`, block }) : sharedSubnets(environment, tier);

const vpc = fc
  .oneof(
    fc.integer({ min: 0, max: 255 }).map((second) => `10.${second}.0.0/16`),
    fc.integer({ min: 16, max: 31 }).map((second) => `172.${second}.0.0/16`),
    fc.constant("192.168.0.0/16"),
  )
  .map((cidr): Environment => ({ ...small, cidr }));

describe("ranges of an environment", () => {
  test("each tier has one prefix, so that a network ACL names it by one range", () => {
    expect(Object.fromEntries(tiers.map((tier) => [tier, tierCidr(small, tier)]))).toEqual({
      public: "10.99.0.0/20",
      egress: "10.99.16.0/20",
      firewall: "10.99.32.0/20",
      dmz: "10.99.48.0/20",
      data: "10.99.64.0/20",
      endpoints: "10.99.80.0/20",
      app: "10.99.128.0/17",
    });
  });

  test("a shared tier has one subnet in each zone", () => {
    expect(sharedSubnets(small, "data").map(({ name, cidr, zone }) => [name, cidr, zone.name])).toEqual([
      ["data-a", "10.99.64.0/22", "eu-central-1a"],
      ["data-b", "10.99.68.0/22", "eu-central-1b"],
      ["data-c", "10.99.72.0/22", "eu-central-1c"],
    ]);
  });

  test("a service has application subnets of its own, by the number of its block", () => {
    expect(appSubnets(small, shop())).toEqual([
      { name: "app-shop-a", tier: "app", zone: small.zones[0], cidr: "10.99.176.0/22", service: "shop" },
      { name: "app-shop-b", tier: "app", zone: small.zones[1], cidr: "10.99.180.0/22", service: "shop" },
      { name: "app-shop-c", tier: "app", zone: small.zones[2], cidr: "10.99.184.0/22", service: "shop" },
    ]);
  });

  test("in whatever /16: subnets of all tiers and blocks lie in it, in their tier, and apart", () => {
    fc.assert(
      fc.property(vpc, (environment) => {
        const subnets = [
          ...tiers.filter((tier) => tier !== "app").flatMap((tier) => sharedSubnets(environment, tier)),
          ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((block) => appSubnets(environment, { name: `block-${block}`, block })),
        ];
        expect(subnets).toHaveLength(6 * 3 + 8 * 3);
        expect(subnets.filter(({ cidr }) => !inside(cidr, environment.cidr))).toEqual([]);
        expect(subnets.filter(({ cidr, tier }) => !inside(cidr, tierCidr(environment, tier)))).toEqual([]);
        for (const [index, one] of subnets.entries()) {
          expect(subnets.slice(index + 1).filter((other) => !apart(one.cidr, other.cidr))).toEqual([]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("fixed addresses", () => {
  test("a host stands at its number in its service's part of a shared subnet, or in its own subnet", () => {
    const [dmz] = sharedSubnets(small, "dmz");
    const [app] = appSubnets(small, shop());
    expect([dmz && hostAddress(dmz, shop(), 4), app && hostAddress(app, shop(), 4)]).toEqual([
      "10.99.50.196", // 10.99.48.0 + 512 + 3 * 64 + 4
      "10.99.178.4", // 10.99.176.0 + 512 + 4
    ]);
  });

  test("for every block 0 to 7 and number 4 to 60 no two hosts share one, nor an endpoint's, nor two endpoints", () => {
    const endpoints = sharedSubnets(small, "endpoints").flatMap((subnet) =>
      endpointServices.map((service) => ({ subnet, address: endpointAddress(subnet, service) })),
    );
    const seen = new Set(endpoints.map(({ address }) => address));
    let hosts = 0;
    const misplaced = endpoints
      .filter(({ address, subnet }) => !inReservedHalf(address, subnet))
      .map(({ address, subnet }) => `${address} in ${subnet.cidr}`);
    for (let block = 0; block <= 7; block++) {
      for (const subnet of hostTiers.flatMap((tier) => subnetsFor(small, tier, block))) {
        for (let number = 4; number <= 60; number++) {
          const address = hostAddress(subnet, { block }, number);
          if (!inReservedHalf(address, subnet)) misplaced.push(`${address} in ${subnet.cidr}`);
          seen.add(address);
          hosts++;
        }
      }
    }
    expect(hosts).toBe(8 * 57 * 9);
    expect(endpoints).toHaveLength(13 * 3);
    expect(seen.size).toBe(hosts + endpoints.length);
    expect(misplaced).toEqual([]);
  });

  test("of generated services in one environment: apart, in their subnets, in the reserved half", () => {
    const group = fc.record({ tier: fc.constantFrom(...hostTiers), zones: fc.constantFrom(1, 2, 3) });
    const service = fc.record({
      block: fc.integer({ min: 0, max: 7 }),
      groups: fc.array(group, { minLength: 1, maxLength: 6 }),
      first: fc.integer({ min: 4, max: 55 }),
    });
    const services = fc.uniqueArray(service, { selector: ({ block }) => block, minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(vpc, services, (environment, generated) => {
        const estate = resolveEstate(
          {
            environments: [environment],
            services: generated.map(({ block, groups, first }) => ({
              ...shop({
                components: groups.map((each, index) => machines(`g${index}`, { ...each, address: first + index })),
              }),
              name: `service-${block}`,
              block,
            })),
          },
          environment,
        );
        const hosts = estate.services.flatMap((each) => each.hosts);
        const subnetOf = (name: string) => estate.network.subnets.find((subnet) => subnet.name === name);
        expect(hosts.length).toBeGreaterThan(0);
        expect(new Set(hosts.map(({ address }) => address)).size).toBe(hosts.length);
        for (const host of hosts) {
          const subnet = subnetOf(host.subnet);
          expect(subnet?.zone).toEqual(host.zone);
          expect(subnet !== undefined && inReservedHalf(host.address, subnet)).toBe(true);
          // The network keeps that half of the subnet free.
          expect(subnet?.reserved !== undefined && inside(`${host.address}/32`, subnet.reserved)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each(catalogue.environments)(
    "of the catalogue in $name: apart, in their subnets, in the reserved half",
    (environment) => {
      const { services, network } = resolveEstate(catalogue, environment);
      const hosts = services.flatMap((each) => each.hosts);
      const subnets = new Map(network.subnets.map((subnet) => [subnet.name, subnet]));

      expect(hosts.length).toBeGreaterThan(20);
      const endpoints = Object.values(network.endpointAddresses).flatMap(Object.entries<string>);
      expect(endpoints).toHaveLength(13 * (environment.gatewaysPerZone ? 3 : 1));
      const fixed = [...hosts.map(({ address }) => address), ...endpoints.map(([, address]) => address)];
      expect(new Set(fixed).size).toBe(fixed.length);
      for (const [zone, address] of endpoints) {
        const { reserved } = network.subnets.find(({ name }) => name === `endpoints-${zone}`) ?? {};
        expect(reserved !== undefined && inside(`${address}/32`, reserved)).toBe(true);
      }
      expect(subnets.size).toBe(network.subnets.length);
      for (const host of hosts) {
        const subnet = subnets.get(host.subnet);
        expect([subnet?.tier, subnet?.zone]).toEqual([host.tier, host.zone]);
        expect(subnet !== undefined && inReservedHalf(host.address, subnet)).toBe(true);
      }
      for (const [index, one] of network.subnets.entries()) {
        expect(inside(one.cidr, environment.cidr)).toBe(true);
        expect(network.subnets.slice(index + 1).filter((other) => !apart(one.cidr, other.cidr))).toEqual([]);
      }
    },
  );

  test("no address of one environment is one of another", () => {
    const all = catalogue.environments.flatMap((environment) =>
      resolveEstate(catalogue, environment).services.flatMap(({ hosts }) => hosts.map(({ address }) => address)),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("a host", () => {
  test("is known whole: name, tag, party, zone, address, domain, machine, image, volumes", () => {
    const api = machines("api", { tier: "dmz", zones: 1, address: 9, dataVolume: gib(100) });

    expect(resolve(shop({ components: [api] }), small).hosts).toEqual([
      {
        name: "api-a",
        tag: "tst-shp-api-a",
        party: "shop/api",
        group: "api",
        tier: "dmz",
        zone: { letter: "a", name: "eu-central-1a" },
        subnet: "dmz-a",
        address: "10.99.50.201",
        domain: "api-a.shop.test.internal.example.org",
        machine: "t4g.small",
        image: "ami-0123456789abcdef0",
        rootGib: 20,
        dataGib: 50,
      },
    ]);
  });

  test("components stand in the first zones, members of a store in all three", () => {
    const database = patroni("database", {
      why: "orders",
      address: 7,
      size: "small",
      dataVolume: gib(1),
      database: "shop",
      pointInTime: small.logs.keep,
      accounts: {},
    });
    const { hosts } = resolve(shop({ components: [machines("api")], stores: [database] }), small);

    expect(hosts.map(({ name, subnet, address }) => [name, subnet, address])).toEqual([
      ["api-a", "app-shop-a", "10.99.178.4"],
      ["api-b", "app-shop-b", "10.99.182.4"],
      ["database-a", "data-a", "10.99.66.199"],
      ["database-b", "data-b", "10.99.70.199"],
      ["database-c", "data-c", "10.99.74.199"],
    ]);
    expect(hosts.map(({ dataGib }) => dataGib)).toEqual([undefined, undefined, 10, 10, 10]); // never below 10 GiB
  });
});
