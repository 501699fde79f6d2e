import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import { egress, gib, hours, job, mongo, onDemand } from "../../../services/define.ts";
import { resolve, resolveEstate } from "../../../services/resolve.ts";
import { containers, machines, shop, small } from "./small.ts";

describe("egress", () => {
  const api = machines("api");
  const site = containers("site");
  const night = { why: "works at night", command: ["work"], schedule: onDemand, limit: hours(1) } as const;

  test("of hosts comes from their addresses alone", () => {
    const service = shop({ components: [api], egress: [egress(api, "pay.example.com", "takes payments")] });

    expect(resolve(service, small).egress).toEqual([
      {
        service: "shop",
        from: "shop/api",
        sources: ["10.99.178.4/32", "10.99.182.4/32"],
        domain: "pay.example.com",
        port: 443,
        why: "takes payments",
      },
    ]);
  });

  test("of pods comes from their service's application subnets", () => {
    const service = shop({ components: [site], egress: [egress(site, "*.example.com", "takes payments", 8443)] });

    expect(resolve(service, small).egress).toEqual([
      {
        service: "shop",
        from: "shop/site",
        sources: ["10.99.176.0/22", "10.99.180.0/22", "10.99.184.0/22"],
        domain: "*.example.com",
        port: 8443,
        why: "takes payments",
      },
    ]);
  });

  test("of a job on hosts is its hosts', of a job on pods is that of pods", () => {
    const [onHost, onPods] = [job("count", { ...night, on: api }), job("tally", { ...night, on: site })];
    const service = shop({
      components: [api, site],
      jobs: [onHost, onPods],
      egress: [egress(onHost, "a.example.com", "counts visits"), egress(onPods, "b.example.com", "tallies visits")],
    });

    expect(resolve(service, small).egress.map(({ from, sources }) => [from, sources])).toEqual([
      ["shop/api", ["10.99.178.4/32", "10.99.182.4/32"]],
      ["shop/tally", ["10.99.176.0/22", "10.99.180.0/22", "10.99.184.0/22"]],
    ]);
  });

  test("of a store comes from its members", () => {
    const documents = mongo("documents", {
      why: "orders",
      address: 8,
      size: "small",
      dataVolume: gib(20),
      accounts: {},
      database: "shop",
      replicaSet: "rs0",
    });
    const service = shop({ stores: [documents], egress: [egress(documents, "a.example.com", "reports itself")] });

    expect(resolve(service, small).egress.map(({ from, sources }) => [from, sources])).toEqual([
      ["shop/documents", ["10.99.66.200/32", "10.99.70.200/32", "10.99.74.200/32"]],
    ]);
  });

  test("[BRK-15.2] no host of the broker's main server reaches a name on the internet", () => {
    const [environment] = catalogue.environments;
    const estate = environment && resolveEstate(catalogue, environment);
    const broker = estate?.services.find(({ service }) => service.name === "message-broker");
    const main = broker?.hosts.filter(({ group }) => group === "main").map(({ address }) => `${address}/32`) ?? [];

    expect(main.length).toBeGreaterThan(0);
    expect(estate?.network.egress.length).toBeGreaterThan(0);
    expect(estate?.network.egress.filter(({ sources }) => sources.some((source) => main.includes(source)))).toEqual([]);
  });

  test.each(catalogue.environments)(
    "of the catalogue in $name comes from its own service's application subnets",
    (environment) => {
      const { services, network } = resolveEstate(catalogue, environment);

      expect(network.egress).toEqual(services.flatMap((service) => service.egress));
      for (const { service, from, sources } of network.egress) {
        const own = network.subnets.filter((subnet) => subnet.service === service).map(({ cidr }) => cidr);
        const hosts = services
          .flatMap((each) => each.hosts)
          .filter((host) => host.party === from && host.tier === "app")
          .map(({ address }) => `${address}/32`);
        expect(from.startsWith(`${service}/`)).toBe(true);
        expect(sources).toEqual(hosts.length > 0 ? hosts : own);
      }
    },
  );
});
