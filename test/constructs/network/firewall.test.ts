import { describe, expect, test } from "vitest";
import { Firewall, type FirewallProps } from "../../../constructs/network/firewall.ts";
import { type EgressPair, egressRules } from "../../../constructs/network/firewall-rules.ts";
import { synth } from "../../support/synth.ts";
import { subnet, zones } from "./subnets-fixture.ts";

const shop: EgressPair = {
  service: "shop",
  sources: ["10.0.65.0/24", "10.0.64.0/24"],
  domain: "api.example.org",
  port: 443,
  why: "payments",
};
const mail: EgressPair = { ...shop, service: "mail", sources: ["10.0.68.0/24"], domain: "*.example.net" };
const withoutIds = (rules: readonly string[]) => rules.map((rule) => rule.replace(/ sid:\d+; rev:1;/, ""));
const drops = [
  'drop tcp any any -> any any (msg:"drop undeclared TCP connection"; flow:not_established,to_server;)',
  'drop tcp any any -> any any (msg:"drop not TLS"; app-layer-protocol:!tls; flow:established,to_server;)',
  'drop udp any any -> any any (msg:"drop UDP, QUIC and DNS with it"; flow:to_server;)',
  'drop icmp any any -> any any (msg:"drop ICMP"; flow:to_server;)',
  'drop ip any any -> any any (msg:"drop other protocol"; ip_proto:!TCP; ip_proto:!UDP; ip_proto:!ICMP; flow:to_server;)',
];

describe("egressRules", () => {
  test("pair each service's ranges with its own domains, then drop the rest", () => {
    expect(withoutIds(egressRules([shop, mail]))).toEqual([
      'pass tls [10.0.68.0/24] any -> $EXTERNAL_NET 443 (msg:"mail to *.example.net:443 payments"; tls.sni; content:".example.net"; nocase; endswith; flow:to_server;)',
      'pass tls [10.0.64.0/24,10.0.65.0/24] any -> $EXTERNAL_NET 443 (msg:"shop to api.example.org:443 payments"; tls.sni; content:"api.example.org"; startswith; nocase; endswith; flow:to_server;)',
      'pass tcp [10.0.68.0/24] any -> $EXTERNAL_NET 443 (msg:"mail opens port 443"; flow:not_established,to_server;)',
      'pass tcp [10.0.64.0/24,10.0.65.0/24] any -> $EXTERNAL_NET 443 (msg:"shop opens port 443"; flow:not_established,to_server;)',
      ...drops,
    ]);
  });

  test("drop everything when nothing is declared", () => {
    expect(withoutIds(egressRules([]))).toEqual(drops);
  });

  test("let a handshake pass once for several domains of a service and port", () => {
    const rules = egressRules([shop, { ...shop, domain: "cdn.example.org" }, { ...shop, port: 8443 }]);
    expect(rules.filter((rule) => rule.startsWith("pass tcp")).length).toBe(2);
  });

  test("merge pairs that differ in source or reason only", () => {
    const worker = { ...shop, sources: ["10.0.66.0/24"], why: "codes; by SMS" };
    const merged = { ...shop, sources: [...shop.sources, ...worker.sources], why: "codes, by SMS, payments" };
    expect(egressRules([shop, worker])).toEqual(egressRules([merged]));
  });

  test("are the same bytes in any order of input, and keep their ids when others come", () => {
    expect(egressRules([mail, shop])).toEqual(egressRules([shop, mail]));
    expect(egressRules([{ ...shop, sources: [...shop.sources].reverse() }])).toEqual(egressRules([shop]));
    expect(egressRules([shop, mail])).toEqual(expect.arrayContaining([...egressRules([shop])]));
  });

  test("have ids of their own", () => {
    const ids = egressRules([shop, mail]).map((rule) => /sid:(\d{9});/.exec(rule)?.[1]);
    expect(new Set(ids).size).toBe(9);
    expect(ids).not.toContain(undefined);
  });

  test.each([
    [
      "a clear-text port",
      { port: 80 },
      "egress shop to api.example.org:80: port must be one where TLS starts at once, got 80",
    ],
    ["mail submission, which starts in clear text", { port: 587 }, "got 587"],
    [
      "an address for a domain",
      { domain: "192.0.2.1" },
      'domain must be a lower-case name or *.name of two labels or more, got "192.0.2.1"',
    ],
    ["a whole top-level domain", { domain: "*.org" }, 'got "*.org"'],
    ["a domain that would end the rule", { domain: 'a.org"; sid:1' }, "domain must be"],
    [
      "a reason that would end the message",
      { why: 'x"; flow:to_client' },
      "service and why must be ASCII without quotes and backslashes",
    ],
    ["a range with host bits", { sources: ["10.0.0.1/24"] }, "that is 10.0.0.0/24"],
    ["no source", { sources: [] }, "needs at least one source range"],
  ])("fails when a pair has %s", (_, change, message) => {
    expect(() => egressRules([{ ...shop, ...change }])).toThrow(message);
  });
});

describe("Firewall", () => {
  const props: FirewallProps = {
    name: "example-egress",
    vpcId: "vpc-1",
    vpcCidr: "10.0.0.0/16",
    zones,
    subnets: [subnet("firewall", "a", "10.0.17.0/28"), subnet("firewall", "b", "10.0.17.16/28")],
    pairs: [shop],
    kmsKeyArn: "key",
    alertLog: { kind: "logGroup", logGroupName: "/example/alerts" },
    flowLog: { kind: "bucket", bucketName: "example-logs", prefix: "firewall" },
  };
  const endpoints = new Map<string, string>();
  const made = (change: Partial<FirewallProps> = {}) =>
    synth((stack) => {
      for (const [zone, id] of new Firewall(stack, "egress", { ...props, ...change }).endpointIdByZone) {
        endpoints.set(zone, id);
      }
    });
  const encryption = { type: "CUSTOMER_KMS", key_id: "key" };

  test("evaluates in strict order, and drops and logs what established connections nobody declared send to the server", () => {
    expect(made().one("aws_networkfirewall_firewall_policy").args).toEqual({
      name: "example-egress",
      encryption_configuration: encryption,
      firewall_policy: {
        stateless_default_actions: ["aws:forward_to_sfe"],
        stateless_fragment_default_actions: ["aws:forward_to_sfe"],
        stateful_default_actions: [
          "aws:drop_established_app_layer_to_server",
          "aws:alert_established_app_layer_to_server",
        ],
        stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "REJECT" },
        stateful_rule_group_reference: [
          { priority: 100, resource_arn: "${aws_networkfirewall_rule_group.egress_domains.arn}" },
        ],
      },
      tags: { Name: "example-egress" },
    });
  });

  test("holds the rules in a group with room to grow, encrypted", () => {
    const { args } = made().one("aws_networkfirewall_rule_group");

    expect(args).toMatchObject({ type: "STATEFUL", capacity: 1000, name: "example-egress-domains-1000" });
    expect(args.encryption_configuration).toEqual(encryption);
    expect(args.lifecycle).toEqual({ create_before_destroy: true });
    expect(args.rule_group).toEqual({
      rule_variables: { ip_sets: [{ key: "HOME_NET", ip_set: { definition: ["10.0.0.0/16"] } }] },
      rules_source: { rules_string: `${egressRules([shop]).join("\n")}\n` },
      stateful_rule_options: { rule_order: "STRICT_ORDER" },
    });
  });

  test("takes a larger group under another name when half of its room is used", () => {
    const pairs = Array.from({ length: 500 }, (_, index) => ({ ...shop, domain: `d${index}.example.org` }));
    expect(made({ pairs }).one("aws_networkfirewall_rule_group").args).toMatchObject({
      capacity: 2000,
      name: "example-egress-domains-2000",
    });
  });

  test("stands in every firewall subnet, encrypted and protected", () => {
    expect(made().one("aws_networkfirewall_firewall").args).toEqual({
      name: "example-egress",
      vpc_id: "vpc-1",
      firewall_policy_arn: "${aws_networkfirewall_firewall_policy.egress_policy.arn}",
      subnet_mapping: [
        { subnet_id: "subnet-firewall-a", ip_address_type: "IPV4" },
        { subnet_id: "subnet-firewall-b", ip_address_type: "IPV4" },
      ],
      encryption_configuration: encryption,
      delete_protection: true,
      firewall_policy_change_protection: true,
      subnet_change_protection: true,
      tags: { Name: "example-egress" },
    });
  });

  test("gives up its protections only for a reason and until a day", () => {
    const optOut = { enabled: false, reason: "rebuilt every week", until: "2027-03-31" } as const;
    const open = made({ deletionProtection: optOut, changeProtection: optOut }).one(
      "aws_networkfirewall_firewall",
    ).args;
    expect([open.delete_protection, open.firewall_policy_change_protection, open.subnet_change_protection]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("logs alerts and flows where told", () => {
    expect(made().one("aws_networkfirewall_logging_configuration").args.logging_configuration).toEqual({
      log_destination_config: [
        {
          log_type: "ALERT",
          log_destination_type: "CloudWatchLogs",
          log_destination: { logGroup: "/example/alerts" },
        },
        {
          log_type: "FLOW",
          log_destination_type: "S3",
          log_destination: { bucketName: "example-logs", prefix: "firewall" },
        },
      ],
    });
  });

  test("gives the endpoint of a zone by the zone's name, whatever order the set comes in", () => {
    made();
    const states = "aws_networkfirewall_firewall.egress_firewall.firewall_status[0].sync_states";
    expect([...endpoints]).toEqual(
      ["a", "b"].map((zone) => [
        zone,
        `\${{for state in ${states} : state.availability_zone => state.attachment[0].endpoint_id}["eu-central-1${zone}"]}`,
      ]),
    );
  });

  test("is valid and drops everything when no service has egress", () => {
    const rules = made({ pairs: [] }).one("aws_networkfirewall_rule_group").args.rule_group.rules_source.rules_string;
    expect(withoutIds(rules.trim().split("\n"))).toEqual(drops);
  });

  test("fails when it has no subnet or a zone nobody knows", () => {
    expect(() => made({ subnets: [] })).toThrow("needs at least one subnet of tier firewall, got none");
    expect(() => made({ zones: [] })).toThrow('no zone has the letter "a"');
  });
});
