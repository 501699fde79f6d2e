import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const allow = (number: number, from: number, to: number, cidr: string) => ({
  ...{ rule_no: number, action: "allow", protocol: "tcp", from_port: from, to_port: to },
  [cidr.includes(":") ? "ipv6_cidr_block" : "cidr_block"]: cidr,
});
const acl = (...ingress: readonly JsonObject[]) => ({ aws_network_acl: { app: { ingress } } });
const ACL = "aws_network_acl.app";

export const examples: Examples = {
  good: [
    {
      title: "HTTPS, and replies to connections from inside",
      resources: acl(allow(100, 443, 443, "0.0.0.0/0"), allow(110, 1024, 65_535, "0.0.0.0/0")),
    },
    { title: "SSH from inside", resources: acl(allow(100, 22, 22, "10.0.0.0/8")) },
    {
      title: "SSH denied before everything is allowed",
      resources: acl({ ...allow(90, 0, 1023, "0.0.0.0/0"), action: "deny" }, allow(100, 0, 65_535, "0.0.0.0/0")),
    },
  ],
  bad: [
    { title: "SSH from anywhere", resources: acl(allow(100, 22, 22, "0.0.0.0/0")), finds: [`${ACL} ingress[0]`] },
    {
      title: "everything from anywhere",
      resources: acl({ rule_no: 1, action: "ALLOW", protocol: "-1", ipv6_cidr_block: "0::0/0" }),
      finds: [`${ACL} ingress[0]`, `${ACL} ingress[0]`],
    },
    {
      title: "a deny that comes too late",
      resources: acl(allow(100, 0, 1023, "0.0.0.0/0"), { ...allow(200, 22, 22, "0.0.0.0/0"), action: "deny" }),
      finds: [`${ACL} ingress[0]`],
    },
    {
      title: "a deny for half of the internet",
      resources: acl({ ...allow(90, 22, 22, "0.0.0.0/1"), action: "deny" }, allow(100, 22, 22, "0.0.0.0/0")),
      finds: [`${ACL} ingress[1]`],
    },
    {
      title: "two entries of their own, each for a half",
      resources: {
        ...acl(),
        aws_network_acl_rule: {
          low: {
            ...{ network_acl_id: "${aws_network_acl.app.id}", rule_number: 1, rule_action: "allow", protocol: "6" },
            ...{ from_port: 3300, to_port: 3400, cidr_block: "0.0.0.0/1" },
          },
          high: {
            ...{ network_acl_id: "${aws_network_acl.app.id}", rule_number: 2, rule_action: "allow", protocol: "6" },
            ...{ from_port: 3300, to_port: 3400, cidr_block: "128.0.0.0/1" },
          },
        },
      },
      finds: ["aws_network_acl_rule.low cidr_block"],
    },
    {
      title: "an entry added to an ACL of elsewhere",
      resources: {
        aws_network_acl_rule: {
          all: {
            ...{ network_acl_id: "acl-0a1b2c3d", rule_number: 1, rule_action: "allow", protocol: "-1" },
            cidr_block: "0.0.0.0/0",
          },
        },
      },
      finds: ["aws_network_acl_rule.all cidr_block", "aws_network_acl_rule.all cidr_block"],
    },
  ],
  unknown: [
    {
      title: "a variable decides from where",
      resources: acl(allow(100, 22, 22, "${var.admins}")),
      finds: [`${ACL} ingress[0]`],
    },
  ],
};

const first = { rule_no: 1, action: "allow", from_port: 0, to_port: 0 };

export const mutations: readonly Mutation[] = [
  onResource("aws_network_acl", "let everything in", (acl) => ({
    ...acl,
    ingress: [{ ...first, protocol: "-1", cidr_block: "0.0.0.0/0" }, ...acl.ingress],
  })),
  onResource("aws_network_acl", "let SSH in over IPv6", (acl) => ({
    ...acl,
    ingress: [
      ...acl.ingress,
      { ...first, rule_no: 900, protocol: "tcp", from_port: 22, to_port: 22, ipv6_cidr_block: "::/0" },
    ],
  })),
  addResource(
    "let ports of login in by a rule of its own",
    "aws_network_acl_rule",
    {
      ...{ network_acl_id: "${aws_network_acl.acl_data.id}", rule_number: 5, rule_action: "allow", protocol: "tcp" },
      ...{ from_port: 20, to_port: 30, cidr_block: "0.0.0.0/0" },
    },
    "network",
  ),
];
