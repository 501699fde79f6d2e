import { describe, expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { reachability } from "../../../policies/reachability/judge.ts";
import { reachRules } from "../../../policies/reachability/rules.ts";
import { accessRules, flow, type Parts, ruleset, smallEstate } from "./small-estate.ts";

/** Two hosts, one declared flow: what is said when something is otherwise. */

/** What is said of flows: by rule, where, and what. Transport is not theirs. */
const said = (parts: Parts = {}) =>
  reachability(smallEstate(parts))
    .findings.filter(({ rule }) => rule !== "REACH-010")
    .map(({ rule, resource, attribute, got }) => `${rule} ${resource} ${attribute}: ${got}`);

const everything = ruleset("accept", "accept");
const open = (name: string) => ({ [name]: everything });

test("nothing is said where the one declared flow is the one possible", () => {
  expect(said()).toEqual([]);
});

test("without a declaration nothing is applicable", () => {
  const { findings, runs } = reachability(estateOf({ title: "another team's", resources: {} }));
  expect(findings).toEqual([]);
  expect(runs.map(({ rule, outcome }) => [rule, outcome])).toEqual(reachRules.map(({ id }) => [id, "not-applicable"]));
});

describe("fails when more is possible than declared", () => {
  test("a port too many in every layer, with the rules that let it through", () => {
    const [first, ...others] = said({
      rules: accessRules(8080),
      flows: [],
      nftables: { api: everything, database: ruleset("tcp dport 8000-9000 accept", "drop") },
    });
    expect(first).toBe(
      "REACH-001 aws_vpc_security_group_ingress_rule.in shop/api -> shop/database: tcp 8080 is possible, such as tcp 10.0.1.4 -> 10.0.2.4:8080: " +
        "passes nftables of api-a, output: api-a/etc/nftables.conf:4 accept, " +
        "passes security groups of shop/api, egress: aws_vpc_security_group_egress_rule.out referenced_security_group_id, " +
        "passes network ACL out of aws_subnet.api, on the way there: allowed by entry 100 of aws_network_acl.all (egress[0]), " +
        "passes network ACL into aws_subnet.database, on the way there: allowed by entry 100 of aws_network_acl.all (ingress[0]), " +
        "passes network ACL out of aws_subnet.database, replies: allowed by entry 100 of aws_network_acl.all (egress[0]), " +
        "passes network ACL into aws_subnet.api, replies: allowed by entry 100 of aws_network_acl.all (ingress[0]), " +
        "passes replies to all ephemeral ports (1024-65535): all pass, " +
        "passes security groups of shop/database, ingress: aws_vpc_security_group_ingress_rule.in referenced_security_group_id, " +
        "passes nftables of database-a, input: database-a/etc/nftables.conf:3 tcp dport 8000-9000 accept",
    );
    expect([...new Set(others.map((each) => each.split(" ")[0]))]).toEqual(["REACH-001", "REACH-003", "REACH-005"]);
  });

  test.each([
    ["ct state { invalid, untracked } accept", ["invalid every protocol", "untracked every protocol"]],
    ["ct state related meta l4proto { icmp, tcp } accept", ["related tcp"]],
    ["ct state established,related meta l4proto icmp accept", []],
    ["ct state != invalid drop; tcp dport 22 accept", ["invalid tcp 22"]],
    ["ct state invalid drop; ct state untracked drop", []],
  ])("a host's firewall that takes packets of no connection: %s", (rules, expected) => {
    const found = said({
      nftables: { database: ruleset(`${rules}; ip saddr 10.0.1.4 tcp dport 5432 accept`, "drop") },
    });
    expect(found.flatMap((each) => /^REACH-005.* accepts (.*), such as/.exec(each)?.[1] ?? [])).toEqual(expected);
  });

  test.each([
    ["ip6 saddr ::/0 tcp dport 5432 accept", ["tcp 5432"]],
    ["meta nfproto ipv6 meta l4proto ipv6-icmp accept", []],
    ["ip6 saddr ::1 ip6 daddr ::1 accept", []],
  ])("a host's firewall that takes IPv6, of which the host has no address: %s", (rule, expected) => {
    const found = said({ nftables: { database: ruleset(`${rule}; ip saddr 10.0.1.4 tcp dport 5432 accept`, "drop") } });
    expect(found.flatMap((each) => /^REACH-005.* accepts (.*), such as/.exec(each)?.[1] ?? [])).toEqual(expected);
  });

  test("a layer alone, though another hides it", () => {
    expect(said({ nftables: { database: ruleset("tcp dport 5432 accept", "drop") } })).toEqual([
      "REACH-005 database-a:/etc/nftables.conf chain input: accepts tcp 5432, such as tcp 0.0.0.0 -> 10.0.2.4:5432, by line 3: tcp dport 5432 accept",
    ]);
    const rules = {
      ...accessRules(),
      aws_vpc_security_group_ingress_rule: {
        ...(accessRules()["aws_vpc_security_group_ingress_rule"] as object),
        wide: {
          security_group_id: "${aws_security_group.database.id}",
          cidr_ipv4: "10.0.0.0/8",
          ip_protocol: "tcp",
          from_port: 5432,
          to_port: 5432,
        },
      },
    };
    expect(said({ rules })).toEqual([
      "REACH-003 aws_vpc_security_group_ingress_rule.wide cidr_ipv4: ingress of aws_security_group.database admits tcp 5432, such as tcp 10.0.0.0 -> 0.0.0.0:5432",
    ]);
    const entry = {
      rule_no: 1,
      action: "allow",
      protocol: "tcp",
      cidr_block: "10.0.0.0/16",
      from_port: 22,
      to_port: 65_535,
    };
    expect(said({ acl: { ingress: [entry] } }).map((each) => each.split(",")[0])).toEqual([
      "REACH-006 aws_network_acl.all ingress: ingress admits tcp 22-1023",
    ]);
  });

  test("a host that nobody declared is nobody: all that it may is undeclared", () => {
    const rogue = {
      private_ip: "10.0.1.66",
      subnet_id: "${aws_subnet.api.id}",
      vpc_security_group_ids: ["${aws_security_group.api.id}"],
    };
    const found = said({ resources: { aws_instance: { ...(smallInstances() as object), rogue } } });
    expect(found.filter((each) => each.includes("-> shop/"))).toEqual([]);
    const unguarded = said({
      resources: { aws_instance: { ...(smallInstances() as object), rogue } },
      nftables: open("database"),
    });
    expect(unguarded.filter((each) => each.includes("-> shop/"))[0]).toMatch(
      /^REACH-001 aws_vpc_security_group_ingress_rule\.in instance aws_instance\.rogue -> shop\/database: tcp 5432 is possible, such as tcp 10\.0\.1\.66 -> 10\.0\.2\.4:5432/,
    );
  });
});

const smallInstances = () => ({
  api: {
    private_ip: "10.0.1.4",
    subnet_id: "${aws_subnet.api.id}",
    vpc_security_group_ids: ["${aws_security_group.api.id}"],
    tags: { Name: "api-a" },
  },
  database: {
    private_ip: "10.0.2.4",
    subnet_id: "${aws_subnet.database.id}",
    vpc_security_group_ids: ["${aws_security_group.database.id}"],
    tags: { Name: "database-a" },
  },
});

describe("fails when a declared flow is not possible, and names the layer that stops it", () => {
  const stops = (parts: Parts): string => {
    const [only = ""] = said(parts).filter((each) => each.startsWith("REACH-002"));
    return only.replace(/^.*-> 10\.0\.2\.4:5432: /, "");
  };

  test.each<[string, Parts, string]>([
    [
      "no rule of a group lets it out",
      { rules: { ...accessRules(), aws_vpc_security_group_egress_rule: {} } },
      "stops at security groups of shop/api, egress: no rule lets it through",
    ],
    [
      "the host opens nothing",
      { nftables: { api: ruleset("drop", "drop") } },
      "stops at nftables of api-a, output: no rule accepts it",
    ],
    [
      "the ACL denies it",
      {
        acl: {
          egress: [
            { rule_no: 1, action: "deny", protocol: "-1", cidr_block: "10.0.2.0/24" },
            { rule_no: 2, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" },
          ],
        },
      },
      "stops at network ACL out of aws_subnet.api, on the way there: denied by entry 1 of aws_network_acl.all (egress[0])",
    ],
    [
      "replies to some ports are dropped",
      {
        acl: {
          egress: [
            {
              rule_no: 1,
              action: "allow",
              protocol: "tcp",
              cidr_block: "10.0.0.0/16",
              from_port: 5432,
              to_port: 40_000,
            },
          ],
        },
      },
      "stops at network ACL out of aws_subnet.database, replies: no entry allows it, stops at replies to all ephemeral ports (1024-65535): some are dropped",
    ],
  ])("%s", (_, parts, expected) => {
    expect(stops(parts)).toBe(expected);
  });

  test("an end of it is nowhere to be found", () => {
    expect(said({ flows: [flow("shop/api", "shop/database", 5432), flow("shop/api", "shop/search", 9200)] })).toEqual([
      "REACH-002 declaration shop/api->shop/search:9200: shop/search is nowhere in the outputs",
    ]);
  });
});

describe("does not know and fails when outputs do not show", () => {
  test("who the peers of a rule are", () => {
    const rules = {
      ...accessRules(),
      aws_vpc_security_group_ingress_rule: {
        in: {
          security_group_id: "${aws_security_group.database.id}",
          prefix_list_id: "${var.list}",
          ip_protocol: "tcp",
          from_port: 5432,
          to_port: 5432,
        },
      },
    };
    const unknown = reachability(smallEstate({ rules })).findings.filter(({ rule }) => rule === "REACH-003");
    expect(unknown.map(({ outcome, got }) => [outcome, got])).toEqual([
      ["unknown", "ingress of aws_security_group.database admits peers that are unknown: ${var.list}"],
    ]);
  });

  test("what a statement of nftables does", () => {
    const nftables = { database: ruleset("queue num 1; ip saddr 10.0.1.4 tcp dport 5432 accept", "drop") };
    const unknown = reachability(smallEstate({ nftables })).findings.filter(({ rule }) => rule === "REACH-005");
    expect(unknown.map(({ outcome, got }) => [outcome, got])).toEqual([
      ["unknown", "unknown (line 3, chain in: queue num)"],
    ]);
  });

  test("how a port speaks", () => {
    const transport = reachability(smallEstate()).findings.filter(({ rule }) => rule === "REACH-010");
    expect(transport.map(({ outcome, attribute, got }) => [outcome, attribute, got])).toEqual([
      ["unknown", "shop/api -> shop/database tcp 5432", "unknown: no file of database-a says what answers on 5432"],
    ]);
  });
});
