import { describe, expect, test } from "vitest";
import { addressRange, contains } from "../../../constructs/network/address.ts";
import { Nacls } from "../../../constructs/network/nacl.ts";
import type { TierFlow } from "../../../constructs/network/nacl-openings.ts";
import { type NaclRule, naclRules } from "../../../constructs/network/nacl-rules.ts";
import { synth } from "../../support/synth.ts";
import { subnet } from "./subnets-fixture.ts";

const tierCidrs = {
  public: "10.0.0.0/20",
  egress: "10.0.16.0/24",
  firewall: "10.0.17.0/24",
  endpoints: "10.0.20.0/22",
  dmz: "10.0.32.0/20",
  app: "10.0.64.0/18",
  data: "10.0.128.0/18",
};
const prefixes = { vpcCidr: "10.0.0.0/16", tierCidrs };
const flow = (from: TierFlow["from"], to: TierFlow["to"], ...ports: TierFlow["ports"]): TierFlow => ({
  from,
  to,
  protocol: "tcp",
  ports,
});
const text = (rules: readonly NaclRule[] = []) =>
  rules.map((r) => `${r.ruleNo} ${r.action} ${r.protocol} ${r.cidrBlock} ${r.fromPort}-${r.toPort}`);

/** What EC2 does: the first rule that matches decides, and no match is a deny. */
function allowed(rules: readonly NaclRule[] | undefined, peer: string, port: number): boolean {
  const first = rules?.find(
    (rule) =>
      contains(addressRange(rule.cidrBlock), addressRange(`${peer}/32`)) &&
      (rule.protocol === "-1" || (rule.protocol === "tcp" && rule.fromPort <= port && port <= rule.toPort)),
  );
  return first?.action === "allow";
}

describe("naclRules", () => {
  test("open the port one way and the client's ephemeral ports the other, at both ends", () => {
    const rules = naclRules([flow("app", "data", 5432)], prefixes);

    expect(text(rules.get("app")?.egress)).toEqual(["100 allow tcp 10.0.128.0/18 5432-5432"]);
    expect(text(rules.get("app")?.ingress)).toEqual(["100 allow tcp 10.0.128.0/18 1024-65535"]);
    expect(text(rules.get("data")?.ingress)).toEqual(["100 allow tcp 10.0.64.0/18 5432-5432"]);
    expect(text(rules.get("data")?.egress)).toEqual(["100 allow tcp 10.0.64.0/18 1024-65535"]);
  });

  test("deny everything to a tier without flows", () => {
    expect(naclRules([flow("app", "data", 5432)], prefixes).get("dmz")).toEqual({ ingress: [], egress: [] });
  });

  test("let app reach the internet through the firewall and NAT subnets, there and back", () => {
    const rules = naclRules([flow("app", "internet", 443)], prefixes);
    const [server, client] = ["198.51.100.7", "10.0.64.9"];

    const hops = [
      allowed(rules.get("app")?.egress, server, 443),
      allowed(rules.get("firewall")?.ingress, client, 443),
      allowed(rules.get("firewall")?.egress, server, 443),
      allowed(rules.get("egress")?.ingress, client, 443),
      allowed(rules.get("egress")?.egress, server, 443),
      allowed(rules.get("egress")?.ingress, server, 40000),
      allowed(rules.get("egress")?.egress, client, 40000),
      allowed(rules.get("firewall")?.ingress, server, 40000),
      allowed(rules.get("firewall")?.egress, client, 40000),
      allowed(rules.get("app")?.ingress, server, 40000),
    ];
    expect(hops).toEqual(hops.map(() => true));
    expect(rules.get("data")).toEqual({ ingress: [], egress: [] });
  });

  test("do not open a tier to its neighbours by what they open to the internet", () => {
    const rules = naclRules([flow("app", "internet", 443), flow("internet", "public", 443)], prefixes);

    expect(allowed(rules.get("app")?.ingress, "10.0.128.4", 8000)).toBe(false);
    expect(allowed(rules.get("app")?.egress, "10.0.128.4", 443)).toBe(false);
    expect(allowed(rules.get("public")?.ingress, "10.0.64.4", 443)).toBe(false);
    expect(text(rules.get("app")?.egress)).toEqual(["100 deny -1 10.0.0.0/16 0-0", "110 allow tcp 0.0.0.0/0 443-443"]);
  });

  test("let routers on the internet say that a packet is too large", () => {
    const rules = naclRules([flow("internet", "public", 443), flow("app", "internet", 443)], prefixes);
    const tooLarge = { action: "allow", protocol: "icmp", fromPort: 0, toPort: 0, icmpType: 3, icmpCode: 4 };

    for (const tier of ["public", "egress", "firewall", "app"] as const) {
      expect(rules.get(tier)?.ingress.at(-1)).toMatchObject({ ...tooLarge, cidrBlock: "0.0.0.0/0" });
    }
    expect(rules.get("egress")?.egress).toContainEqual({ ...tooLarge, ruleNo: 110, cidrBlock: tierCidrs.app });
    expect(rules.get("firewall")?.egress).toContainEqual({ ...tooLarge, ruleNo: 110, cidrBlock: tierCidrs.app });
  });

  test("let a known range in on its ports, and nobody else, with any router's word on the size of packets", () => {
    const clients: TierFlow = { from: { range: "198.51.100.0/24" }, to: "public", protocol: "tcp", ports: [8001] };
    const rules = naclRules([clients, flow("internet", "public", 443)], prefixes).get("public");

    expect(text(rules?.ingress)).toEqual([
      "100 deny -1 10.0.0.0/16 0-0",
      "110 allow tcp 0.0.0.0/0 443-443",
      "120 allow icmp 0.0.0.0/0 0-0",
      "130 allow tcp 198.51.100.0/24 8001-8001",
    ]);
    expect(allowed(rules?.ingress, "203.0.113.1", 8001)).toBe(false);
    // What is open to everybody is not said again for the range.
    expect(text(rules?.egress)).toEqual(["100 deny -1 10.0.0.0/16 0-0", "110 allow tcp 0.0.0.0/0 1024-65535"]);
    expect(text(naclRules([clients], prefixes).get("public")?.egress)).toEqual([
      "100 deny -1 10.0.0.0/16 0-0",
      "110 allow tcp 198.51.100.0/24 1024-65535",
    ]);
  });

  test("merge neighbouring and repeated ports, and ports inside the ephemeral range", () => {
    const rules = naclRules(
      [flow("app", "data", 443, { from: 6379, to: 6380 }), flow("app", "data", 6381, 443), flow("data", "data", 5432)],
      prefixes,
    );

    expect(text(rules.get("data")?.ingress)).toEqual([
      "100 allow tcp 10.0.64.0/18 443-443",
      "110 allow tcp 10.0.64.0/18 6379-6381",
      "120 allow tcp 10.0.128.0/18 1024-65535",
    ]);
  });

  test("open a tier to itself both ways, for traffic between its subnets", () => {
    const rules = naclRules([flow("app", "app", 443)], prefixes).get("app");
    const both = ["100 allow tcp 10.0.64.0/18 443-443", "110 allow tcp 10.0.64.0/18 1024-65535"];
    expect([text(rules?.ingress), text(rules?.egress)]).toEqual([both, both]);
  });

  test("open UDP as UDP", () => {
    const rules = naclRules([{ from: "app", to: "data", protocol: "udp", ports: [53] }], prefixes);
    expect(text(rules.get("data")?.ingress)).toEqual(["100 allow udp 10.0.64.0/18 53-53"]);
  });

  test("fails with every fault at once", () => {
    const many = Array.from({ length: 20 }, (_, index) => index * 2 + 1);
    const { dmz: _, ...withoutDmz } = tierCidrs;

    expect(() =>
      naclRules(
        [
          flow("public", "app", ...many),
          flow("data", "internet", 443),
          flow("internet", "app", 443),
          flow("dmz", "app", 0),
          flow({ range: "10.0.0.0/8" }, "data", 8001),
        ],
        {
          ...prefixes,
          tierCidrs: withoutDmz,
        },
      ),
    ).toThrow(
      [
        "network ACLs:",
        "- only app reaches the internet, got data",
        "- the internet reaches only public, got app",
        "- dmz to app: ports must be 1 to 65535 and run upwards, got 0-0",
        "- 10.0.0.0/8 reaches only public, got data",
        "- 10.0.0.0/8: must lie outside the VPC 10.0.0.0/16",
        "- tier dmz has flows and no prefix",
        "- tier public: egress must have <= 19 rules, got 20",
        "- tier app: ingress must have <= 19 rules, got 24",
      ].join("\n"),
    );
  });
});

test("as many rules as AWS leaves beside its own deny are taken", () => {
  const ports = Array.from({ length: 19 }, (_, index) => index * 2 + 1);
  expect(naclRules([flow("app", "data", ...ports)], prefixes).get("data")?.ingress.length).toBe(19);
});

describe("Nacls", () => {
  test("give each tier one complete list of rules for all its subnets", () => {
    const result = synth((stack) => {
      new Nacls(stack, "nacl", {
        ...prefixes,
        vpcId: "vpc-1",
        namePrefix: "example",
        subnets: [
          subnet("app", "a", "10.0.64.0/24", "shop"),
          subnet("app", "b", "10.0.65.0/24", "shop"),
          subnet("data", "a", "10.0.128.0/24"),
        ],
        flows: [flow("app", "data", 5432)],
      });
    });

    expect(result.all("aws_network_acl").map(({ name }) => name)).toEqual(
      ["app", "data", "dmz", "egress", "endpoints", "firewall", "public"].map((tier) => `nacl_${tier}`),
    );
    const noIcmp = { icmp_code: null, icmp_type: null, ipv6_cidr_block: null };
    expect(result.all("aws_network_acl").find(({ name }) => name === "nacl_app")?.args).toEqual({
      vpc_id: "vpc-1",
      subnet_ids: ["subnet-app-shop-a", "subnet-app-shop-b"],
      ingress: [
        {
          rule_no: 100,
          action: "allow",
          ...noIcmp,
          protocol: "tcp",
          cidr_block: "10.0.128.0/18",
          from_port: 1024,
          to_port: 65535,
        },
      ],
      egress: [
        {
          rule_no: 100,
          action: "allow",
          ...noIcmp,
          protocol: "tcp",
          cidr_block: "10.0.128.0/18",
          from_port: 5432,
          to_port: 5432,
        },
      ],
      tags: { Name: "example-app", Tier: "app" },
    });
  });
});
