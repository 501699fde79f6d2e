import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway/index.js";
import { describe, expect, test } from "vitest";
import { NatGateways } from "../../../constructs/network/nat.ts";
import { Routing, type RoutingProps } from "../../../constructs/network/routing.ts";
import { synth } from "../../support/synth.ts";
import { subnet } from "./subnets-fixture.ts";

const subnets = ["a", "b"].flatMap((zone, index) => [
  subnet("public", zone, `10.0.${index}.0/24`),
  subnet("egress", zone, `10.0.16.${index * 16}/28`),
  subnet("firewall", zone, `10.0.17.${index * 16}/28`),
  subnet("dmz", zone, `10.0.${32 + index}.0/24`),
  subnet("app", zone, `10.0.${64 + index}.0/24`, "shop"),
  subnet("app", zone, `10.0.${68 + index}.0/24`, "quiet"),
  subnet("data", zone, `10.0.${128 + index}.0/24`),
  subnet("endpoints", zone, `10.0.${20 + index}.0/24`),
]);
const both = (prefix: string) =>
  new Map([
    ["a", `${prefix}-a`],
    ["b", `${prefix}-b`],
  ]);

function routes(change: Partial<RoutingProps>) {
  const result = synth((stack) => {
    new Routing(stack, "routing", {
      subnets,
      internetGatewayId: "igw",
      natIdByZone: both("nat"),
      firewallEndpointIdByZone: both("vpce"),
      egressServices: ["shop"],
      ...change,
    });
  });
  return result
    .all("aws_route")
    .map(({ args }) => {
      const target = args.gateway_id ?? args.nat_gateway_id ?? args.vpc_endpoint_id;
      return `${args.route_table_id} ${args.destination_cidr_block} ${target}`;
    })
    .sort();
}

/** Without the routes to the internet gateway, which never differ. */
const inspected = (change: Partial<RoutingProps>) => routes(change).filter((route) => !route.endsWith(" igw"));

describe("Routing", () => {
  test("app traffic passes the firewall endpoint of its zone on the way out and on the way back", () => {
    expect(routes({})).toEqual([
      "rtb-app-shop-a 0.0.0.0/0 vpce-a",
      "rtb-app-shop-b 0.0.0.0/0 vpce-b",
      "rtb-egress-a 0.0.0.0/0 igw",
      "rtb-egress-a 10.0.64.0/24 vpce-a",
      "rtb-egress-b 0.0.0.0/0 igw",
      "rtb-egress-b 10.0.65.0/24 vpce-b",
      "rtb-firewall-a 0.0.0.0/0 nat-a",
      "rtb-firewall-b 0.0.0.0/0 nat-b",
      "rtb-public-a 0.0.0.0/0 igw",
      "rtb-public-b 0.0.0.0/0 igw",
    ]);
  });

  test("one NAT gateway: the way back leads through the endpoint the way out took, across zones", () => {
    expect(inspected({ natIdByZone: new Map([["b", "nat-b"]]) })).toEqual([
      "rtb-app-shop-a 0.0.0.0/0 vpce-a",
      "rtb-app-shop-b 0.0.0.0/0 vpce-b",
      "rtb-egress-b 10.0.64.0/24 vpce-a",
      "rtb-egress-b 10.0.65.0/24 vpce-b",
      "rtb-firewall-a 0.0.0.0/0 nat-b",
      "rtb-firewall-b 0.0.0.0/0 nat-b",
    ]);
  });

  test("one firewall endpoint and two NAT gateways: both ways take that endpoint and its zone's gateway", () => {
    expect(inspected({ firewallEndpointIdByZone: new Map([["a", "vpce-a"]]) })).toEqual([
      "rtb-app-shop-a 0.0.0.0/0 vpce-a",
      "rtb-app-shop-b 0.0.0.0/0 vpce-a",
      "rtb-egress-a 10.0.64.0/24 vpce-a",
      "rtb-egress-a 10.0.65.0/24 vpce-a",
      "rtb-firewall-a 0.0.0.0/0 nat-a",
    ]);
  });

  test("one zone with both: the others go through it, and gateway subnets that stand empty lead nowhere", () => {
    const one = {
      natIdByZone: new Map([["a", "nat-a"]]),
      firewallEndpointIdByZone: new Map([["a", "vpce-a"]]),
    };
    expect(routes(one)).toEqual([
      "rtb-app-shop-a 0.0.0.0/0 vpce-a",
      "rtb-app-shop-b 0.0.0.0/0 vpce-a",
      "rtb-egress-a 0.0.0.0/0 igw",
      "rtb-egress-a 10.0.64.0/24 vpce-a",
      "rtb-egress-a 10.0.65.0/24 vpce-a",
      "rtb-firewall-a 0.0.0.0/0 nat-a",
      "rtb-public-a 0.0.0.0/0 igw",
      "rtb-public-b 0.0.0.0/0 igw",
    ]);
  });

  test("a service without declared egress has no default route [BRK-15.2]", () => {
    expect(routes({ egressServices: [] }).filter((route) => route.startsWith("rtb-app"))).toEqual([]);
  });

  test("fails when a service with egress has no app subnet", () => {
    expect(() => routes({ egressServices: ["ghost"] })).toThrow('service "ghost" has egress and no app subnet');
  });

  test("fails when there is no gateway to lead to", () => {
    expect(() => routes({ natIdByZone: new Map() })).toThrow("zone a needs a NAT gateway, got none in any zone");
    expect(() => routes({ firewallEndpointIdByZone: new Map() })).toThrow("zone a needs a firewall endpoint");
  });
});

describe("NatGateways", () => {
  const gateways = (own = subnets.filter(({ tier }) => tier === "egress")) =>
    synth((stack) => {
      const internetGateway = new InternetGateway(stack, "internet", { vpcId: "vpc-1" });
      new NatGateways(stack, "nat", { namePrefix: "example", subnets: own, internetGateway });
    });

  test("stand one in each subnet, each with its own address, after the internet gateway", () => {
    expect(
      gateways()
        .all("aws_nat_gateway")
        .map(({ args }) => args),
    ).toEqual(
      ["a", "b"].map((zone) => ({
        subnet_id: `subnet-egress-${zone}`,
        allocation_id: `\${aws_eip.nat_${zone}-address.id}`,
        connectivity_type: "public",
        tags: { Name: `example-nat-${zone}` },
        depends_on: ["aws_internet_gateway.internet"],
      })),
    );
  });

  test("keep the addresses that others have on their lists", () => {
    expect(
      gateways()
        .all("aws_eip")
        .map(({ args }) => args.lifecycle),
    ).toEqual([{ prevent_destroy: true }, { prevent_destroy: true }]);
  });

  test("fails when there is no egress subnet", () => {
    expect(() => gateways([])).toThrow("need at least one egress subnet, got none");
  });
});
