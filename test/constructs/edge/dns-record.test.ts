import { describe, expect, it } from "vitest";
import { AddressRecord, DistributionRecord, LoadBalancerRecord } from "../../../constructs/edge/dns-record.ts";
import { synth } from "../../support/synth.ts";

const alias = (dualstack: boolean) =>
  synth(
    (scope) =>
      void new LoadBalancerRecord(scope, "web-name", {
        zoneId: "Z1",
        name: "shop.example.org",
        loadBalancer: { dnsName: "lb.example.net", zoneId: "Z2", dualstack },
      }),
  ).all("aws_route53_record");

describe("DNS record", () => {
  it("is an alias of the load balancer that follows its health", () => {
    expect(alias(false).map(({ name, args }) => [name, args])).toEqual([
      [
        "web-name_a",
        {
          zone_id: "Z1",
          name: "shop.example.org",
          type: "A",
          alias: { name: "lb.example.net", zone_id: "Z2", evaluate_target_health: true },
        },
      ],
    ]);
  });

  it("has AAAA beside A for a dual-stack load balancer only", () => {
    expect(alias(true).map(({ args }) => args.type)).toEqual(["A", "AAAA"]);
  });

  it("is an alias of a distribution, IPv4 alone, without asking for its health", () => {
    const distribution = { domainName: "d1.cloudfront.net", zoneId: "Z2" };
    const stack = synth(
      (scope) => void new DistributionRecord(scope, "cdn", { zoneId: "Z1", name: "shop.example.org", distribution }),
    );

    expect(stack.one("aws_route53_record").args).toEqual({
      zone_id: "Z1",
      name: "shop.example.org",
      type: "A",
      alias: { name: "d1.cloudfront.net", zone_id: "Z2", evaluate_target_health: false },
    });
  });

  const address = (addresses: readonly string[]) =>
    synth((scope) => void new AddressRecord(scope, "db", { zoneId: "Z1", name: "db.internal.example", addresses }));

  it("names fixed addresses for a minute", () => {
    expect(address(["10.0.0.4", "10.0.1.4"]).one("aws_route53_record").args).toEqual({
      zone_id: "Z1",
      name: "db.internal.example",
      type: "A",
      ttl: 60,
      records: ["10.0.0.4", "10.0.1.4"],
    });
  });

  it.each<[string, readonly string[], string]>([
    ["a name instead of an address", ["db"], "db"],
    ["an octet above 255", ["10.0.0.256"], "10.0.0.256"],
    ["no address", [], ""],
  ])("fails when given %s", (_, addresses, got) => {
    expect(() => address(addresses)).toThrow(new Error(`test/db: addresses must be IPv4 addresses, got "${got}"`));
  });
});
