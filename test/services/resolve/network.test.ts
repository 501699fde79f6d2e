import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import {
  egress,
  flow,
  gib,
  https,
  localRedis,
  loopback,
  managedPostgres,
  mib,
  mutualHttps,
  patroni,
  web,
} from "../../../services/define.ts";
import { endpoints } from "../../../services/platform.ts";
import { resolveEstate, type TierFlow } from "../../../services/resolve.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import type { Service } from "../../../services/schema/service.ts";
import { containers, machines, shop, small } from "./small.ts";

const network = (...services: readonly Service[]) => resolveEstate({ environments: [small], services }, small).network;
const say = ({ from, to, protocol, port }: TierFlow) =>
  `${typeof from === "object" ? from.range : from} -> ${to} ${protocol}/${port}`;
const tierFlows = (service: Service) => network(service).tierFlows.map(say);
const port = (owner: { readonly listens: Readonly<Record<string, Listener>> }, name: string): Listener => {
  const listener = owner.listens[name];
  if (listener === undefined) throw new Error(`no port "${name}"`);
  return listener;
};

/** What every host of the application tier brings: its way to endpoints and logs. Prometheus is of another service. */
const ofHosts = ["app -> endpoints tcp/443", "app -> app tcp/3100"];
/** What the cluster brings to every environment; where a service has the same line, that stands first. */
const ofCluster = ["app -> endpoints tcp/443", "app -> app tcp/443", "app -> app tcp/10250", "app -> app tcp/10251"];
const withoutObservability = (lines: readonly string[]) => lines.filter((line) => line !== "app -> app tcp/3100");

describe("traffic between tiers", () => {
  const api = machines("api", { listens: { web: https(443), inner: loopback(8000) } });

  test("follows the flows: load balancers stand in public, stores in data, endpoints apart", () => {
    const database = patroni("database", {
      why: "orders",
      address: 4,
      size: "small",
      dataVolume: gib(20),
      accounts: {},
      database: "shop",
      pointInTime: small.logs.keep,
    });
    const site = web("site", {
      why: "the shop",
      host: "shop",
      to: port(api, "web"),
      health: "/health",
      body: mib(1),
      routes: [],
    });
    const service = shop({
      components: [api],
      stores: [database],
      entrypoints: [site],
      flows: [flow(api, database.listens.sql, "reads orders"), flow(api, endpoints.mail, "sends receipts")],
    });

    expect(tierFlows(service)).toEqual([
      "app -> data tcp/5432",
      "app -> endpoints tcp/587",
      "data -> data tcp/5432",
      "data -> data tcp/8008",
      "data -> data tcp/2379",
      "data -> data tcp/2380",
      "internet -> public tcp/443",
      "internet -> public tcp/80",
      "public -> app tcp/443",
      "app -> endpoints tcp/443",
      "data -> endpoints tcp/443",
      ...ofCluster.slice(1),
    ]);
  });

  test("lets outsiders in from their ranges, and a content network from the load balancers' own subnets", () => {
    const site = web("site", {
      why: "the shop",
      host: "shop",
      to: port(api, "web"),
      health: "/health",
      body: mib(1),
      routes: [],
    });
    const entering = (given: Partial<typeof site>) =>
      tierFlows(shop({ components: [api], entrypoints: [{ ...site, ...given }] })).filter((line) =>
        line.includes("-> public"),
      );

    expect(entering({ audience: "clients" })).toEqual([
      "198.51.100.0/24 -> public tcp/443",
      "198.51.100.0/24 -> public tcp/80",
    ]);
    expect(entering({ audience: "admins" })).toEqual([
      "203.0.113.16/28 -> public tcp/443",
      "203.0.113.16/28 -> public tcp/80",
    ]);
    expect(entering({ via: "cloudfront" })).toEqual(["public -> public tcp/443", "internet -> public tcp/443"]);
  });

  test("holds the scrapes of Prometheus once observability is there", () => {
    const [scraped] = catalogue.services.filter(({ name }) => name === "observability");
    const lines = scraped === undefined ? [] : network(shop({ components: [api] }), scraped).tierFlows.map(say);

    expect(lines).toEqual(expect.arrayContaining([...ofHosts, "app -> app tcp/9100", "app -> app tcp/443"]));
  });

  test("goes to the internet only on ports of declared egress", () => {
    const service = shop({
      components: [api],
      egress: [egress(api, "a.example.com", "takes payments"), egress(api, "b.example.com", "sends orders", 8443)],
    });

    expect(tierFlows(service).filter((line) => line.includes("internet"))).toEqual([
      "app -> internet tcp/443",
      "app -> internet tcp/8443",
    ]);
    expect(tierFlows(shop({ components: [api] })).filter((line) => line.includes("internet"))).toEqual([]);
  });

  test("leaves out loopback and what the hypervisor answers", () => {
    const queue = localRedis("queue", { why: "orders", on: api, holds: ["orders"], memory: mib(64), accounts: {} });
    const service = shop({
      components: [api],
      stores: [queue],
      flows: [flow(api, queue.listens.redis, "queues orders"), flow(api, port(api, "inner"), "hands requests on")],
    });

    expect(tierFlows(service)).toEqual([...withoutObservability(ofHosts), ...ofCluster.slice(1)]);
  });

  test("puts managed databases in data, pods and their nodes in app, the DMZ in its own tier", () => {
    const managed = managedPostgres("orders", {
      why: "orders",
      size: "small",
      storage: gib(20),
      accounts: {},
      database: "shop",
      pointInTime: small.logs.keep,
    });
    const site = containers("site");
    const proxy = machines("proxy", { tier: "dmz", listens: { web: mutualHttps(8001) } });
    const service = shop({
      components: [site, proxy],
      stores: [managed],
      flows: [flow(site, managed.listens.sql, "reads orders"), flow(proxy, port(site, "web"), "hands orders on")],
    });

    expect(tierFlows(service)).toEqual([
      "app -> data tcp/5432",
      "dmz -> app tcp/8443",
      "dmz -> endpoints tcp/443",
      "app -> endpoints tcp/443",
      "app -> app tcp/443",
      "app -> app tcp/10250",
      "app -> app tcp/10251",
    ]);
  });

  test("says each pair of tiers, protocol and port once", () => {
    const lines = catalogue.environments.flatMap((environment) => {
      const { tierFlows: all } = resolveEstate(catalogue, environment).network;
      expect(new Set(all.map(say)).size).toBe(all.length);
      return all.map(say);
    });
    expect(lines.length).toBeGreaterThan(60);
  });
});

describe("the network", () => {
  test("reserves the upper half of exactly those subnets that hold fixed addresses", () => {
    const { subnets } = network(shop({ components: [machines("api")] }));

    expect(Object.fromEntries(subnets.flatMap(({ name, reserved }) => (reserved ? [[name, reserved]] : [])))).toEqual({
      "endpoints-a": "10.99.82.0/23",
      "app-shop-a": "10.99.178.0/23",
      "app-shop-b": "10.99.182.0/23",
    });
  });

  test("has the shared subnets, those of each service and the cluster's, in a stable order", () => {
    expect(network(shop()).subnets.map(({ name }) => name)).toEqual(
      [...["public", "egress", "firewall", "dmz", "data", "endpoints"], "app-shop", "app-cluster"].flatMap((tier) => [
        `${tier}-a`,
        `${tier}-b`,
        `${tier}-c`,
      ]),
    );
  });

  test("keeps the last block of tier app for the cluster", () => {
    const { subnets } = network(shop());

    expect(subnets.filter(({ service }) => service === "cluster").map(({ cidr }) => cidr)).toEqual([
      "10.99.240.0/22",
      "10.99.244.0/22",
      "10.99.248.0/22",
    ]);
  });

  test("has gateways in every zone or in the first, and there every endpoint at fixed addresses", () => {
    const { gatewayZones, endpointAddresses } = resolveEstate(
      { environments: [small], services: [] },
      { ...small, gatewaysPerZone: true },
    ).network;

    expect(gatewayZones).toEqual(small.zones);
    const numbers = {
      ...{ s3: 10, ssm: 11, ssmmessages: 12, secretsmanager: 13, kms: 14, logs: 15, monitoring: 16, "acm-pca": 17 },
      ...{ "ecr.api": 18, "ecr.dkr": 19, "eks-auth": 20, sts: 21, "email-smtp": 22 },
    };
    expect(endpointAddresses).toEqual(
      Object.fromEntries(
        Object.entries(numbers).map(([service, number]) => [
          service,
          { a: `10.99.82.${number}`, b: `10.99.86.${number}`, c: `10.99.90.${number}` },
        ]),
      ),
    );
    expect(network(shop()).gatewayZones).toEqual([small.zones[0]]);
    expect(network(shop()).endpointAddresses).toMatchObject({ s3: { a: "10.99.82.10" }, kms: { a: "10.99.82.14" } });
    expect(Object.values(network(shop()).endpointAddresses).map(Object.keys)).toEqual(Array(13).fill(["a"]));
  });
});

describe.each(catalogue.environments.map((environment) => ({ name: environment.name, environment })))(
  "in $name",
  ({ environment }) => {
    const flows = resolveEstate(catalogue, environment).network.tierFlows;

    test("the internet reaches load balancers on 443 and 80 and nothing else, and message clients theirs on 8001", () => {
      expect(flows.filter(({ from }) => from === "internet" || typeof from === "object").map(say)).toEqual(
        expect.arrayContaining([
          "internet -> public tcp/443",
          "internet -> public tcp/80",
          ...environment.ranges.clients.map((range) => `${range} -> public tcp/8001`),
        ]),
      );
      const entering = flows.filter(({ from }) => from === "internet");
      expect(entering.map(({ to, port: number }) => [to, number]).sort()).toEqual([
        ["public", 443],
        ["public", 80],
      ]);
      expect(new Set(flows.filter(({ from }) => typeof from === "object").map(({ to }) => to))).toEqual(
        new Set(["public"]),
      );
    });

    test("stores, the DMZ and load balancers reach nothing on the internet", () => {
      const leaving = flows.filter(({ to }) => to === "internet");

      expect(leaving.map(say)).toEqual(["app -> internet tcp/443"]);
    });

    test("stores open connections to stores, endpoints and logs alone", () => {
      const leaving = flows.filter(({ from }) => from === "data");

      expect(new Set(leaving.map(({ to, port: number }) => (to === "app" ? `app ${number}` : to)))).toEqual(
        new Set(["data", "endpoints", "app 3100"]),
      );
    });

    test("nothing opens a connection to a NAT gateway or a firewall endpoint", () => {
      expect(
        flows.filter(({ from, to }) => [from, to].some((tier) => tier === "egress" || tier === "firewall")),
      ).toEqual([]);
    });
  },
);
