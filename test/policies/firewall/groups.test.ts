import { describe, expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { shownAddresses } from "../../../policies/model/addresses.ts";
import { Estate } from "../../../policies/model/estate.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { securityGroups } from "../../../policies/model/network/groups.ts";
import { shownPorts } from "../../../policies/model/ports.ts";
import { readPlan } from "../../../policies/model/terraform/plan.ts";
import { isUnknown } from "../../../policies/model/value.ts";

/** Security groups come out the same, however their rules are spelled. */

const WEB = "${aws_security_group.web.id}";

/** What each rule of each group says, in words. */
function said(estate: Estate): readonly string[] {
  return estate.of(securityGroups).flatMap(({ key, rules }) =>
    rules.map(({ direction, protocol, ports, peers }) => {
      const on = isUnknown(ports) ? "?" : shownPorts(ports);
      const who = [shownAddresses(peers.addresses), ...peers.groups, ...peers.services, ...peers.unknown.map(String)];
      return `${key} ${direction} ${String(protocol)} ${on} ${who.join(" + ")}`;
    }),
  );
}
const of = (resources: JsonObject) => said(estateOf({ title: "", resources }));

describe("one rule is the same in each spelling", () => {
  const rule = { from_port: 443, to_port: 443, cidr_blocks: ["10.0.0.0/8"], ipv6_cidr_blocks: ["fd00::/8"] };
  test.each([
    ["inline", { aws_security_group: { web: { ingress: [{ ...rule, protocol: "tcp" }] } } }],
    ["inline, one block", { aws_security_group: { web: { ingress: { ...rule, protocol: 6 } } } }],
    [
      "a resource of its own",
      {
        aws_security_group: { web: {} },
        aws_security_group_rule: { one: { ...rule, type: "ingress", protocol: "TCP", security_group_id: WEB } },
      },
    ],
    [
      "numbers as texts",
      { aws_security_group: { web: { ingress: [{ ...rule, from_port: "443", to_port: "443", protocol: "6" }] } } },
    ],
  ])("%s", (_, resources) => {
    expect(of(resources)).toEqual(["example:aws_security_group.web ingress 6 443 10.0.0.0/8, fd00::/8"]);
  });
});

test("no ports, -1 and all protocols are all ports", () => {
  const rule = (change: JsonObject) => ({
    security_group_id: WEB,
    ip_protocol: "tcp",
    cidr_ipv4: "10.0.0.1",
    ...change,
  });
  const rules = {
    none: rule({}),
    minus: rule({ from_port: -1, to_port: -1 }),
    all: rule({ ip_protocol: "-1" }),
    only: rule({ from_port: 8000 }),
    ping: rule({ ip_protocol: "icmp", from_port: 8, to_port: 0 }),
  };
  expect(of({ aws_security_group: { web: {} }, aws_vpc_security_group_egress_rule: rules })).toEqual([
    "example:aws_security_group.web egress 6 all ports 10.0.0.1/32",
    "example:aws_security_group.web egress 6 all ports 10.0.0.1/32",
    "example:aws_security_group.web egress all all ports 10.0.0.1/32",
    "example:aws_security_group.web egress 6 8000-65535 10.0.0.1/32",
    "example:aws_security_group.web egress 1 all ports 10.0.0.1/32",
  ]);
});

test("self, references, lists and services name their peers, and what nobody knows stays unknown", () => {
  const resources = {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
    aws_default_security_group: { main: { vpc_id: "${aws_vpc.main.id}" } },
    aws_eks_cluster: { main: {} },
    aws_ec2_managed_prefix_list: { offices: { entry: [{ cidr: "203.0.113.0/25" }, { cidr: "203.0.113.128/25" }] } },
    aws_security_group: {
      web: {
        ingress: [
          { protocol: "-1", self: true, prefix_list_ids: ["${aws_ec2_managed_prefix_list.offices.id}"] },
          {
            protocol: "-1",
            security_groups: [
              "${aws_vpc.main.default_security_group_id}",
              "${aws_eks_cluster.main.vpc_config[0].cluster_security_group_id}",
              "sg-0a1b2c3d4e5f60718",
            ],
          },
          { protocol: "-1", prefix_list_ids: ["pl-3b927c52", "pl-00000000"], cidr_blocks: ["${var.more}"] },
        ],
      },
    },
  };
  const own = "example:aws_security_group.web ingress all all ports";
  expect(of(resources).filter((each) => each.startsWith(own))).toEqual([
    `${own} 203.0.113.0/24 + example:aws_security_group.web`,
    `${own} no address + default group of example:aws_vpc.main + cluster group of example:aws_eks_cluster.main + sg-0a1b2c3d4e5f60718`,
    `${own} no address + com.amazonaws.global.cloudfront.origin-facing + \${var.more} + pl-00000000`,
  ]);
});

test("rules go to their group across states, and to groups of elsewhere", () => {
  const rule = { type: "egress", protocol: "udp", from_port: 53, to_port: 53, cidr_blocks: ["10.0.0.2/32"] };
  const estate = estateOf({
    title: "",
    configuration: {
      terraform: { backend: { s3: { bucket: "state", key: "example" } } },
      output: { group: { value: "${aws_security_group.web.id}" } },
    },
    resources: { aws_security_group: { web: {} } },
    stacks: {
      other: {
        data: { terraform_remote_state: { example: { config: { bucket: "state", key: "example" } } } },
        resource: {
          aws_security_group_rule: {
            here: { ...rule, security_group_id: "${data.terraform_remote_state.example.outputs.group}" },
            there: { ...rule, security_group_id: "${var.group}" },
          },
        },
      },
    },
  });
  expect(said(estate)).toEqual([
    "example:aws_security_group.web egress 17 53 10.0.0.2/32",
    "other:${var.group} egress 17 53 10.0.0.2/32",
  ]);
});

test("in a plan, rules that AWS fills in by itself are none", () => {
  const plan = {
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: [
          {
            ...{ address: "aws_security_group.web", mode: "managed", type: "aws_security_group", name: "web" },
            values: { description: "web" },
          },
        ],
      },
    },
    resource_changes: [
      { address: "aws_security_group.web", change: { after_unknown: { id: true, ingress: true, egress: true } } },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            ...{ address: "aws_security_group.web", mode: "managed", type: "aws_security_group", name: "web" },
            expressions: { description: { constant_value: "web" }, egress: { references: ["var.rules"] } },
          },
        ],
      },
    },
  };
  const document = readPlan(plan, { environment: undefined, stack: "example", source: "plan.json" });
  const [group] = new Estate({ documents: [document] }).of(securityGroups);
  // Egress is configured, so there are rules that nobody knows; ingress is not.
  expect(group?.rules.map(({ path, protocol }) => [path, String(protocol)])).toEqual([["egress[0]", "${var.rules}"]]);
});
