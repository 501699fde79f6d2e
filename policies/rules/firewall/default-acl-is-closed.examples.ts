import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const vpc = { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } };
const acl = (entries: JsonObject) => ({
  ...vpc,
  aws_default_network_acl: { main: { default_network_acl_id: "${aws_vpc.main.default_network_acl_id}", ...entries } },
});
const everything = { rule_no: 100, protocol: "-1", from_port: 0, to_port: 0, cidr_block: "0.0.0.0/0" };

export const examples: Examples = {
  good: [
    { title: "a default ACL without entries", resources: acl({}) },
    { title: "one that denies by name", resources: acl({ ingress: [{ ...everything, action: "deny" }] }) },
  ],
  bad: [
    {
      title: "a VPC whose default ACL nobody manages",
      resources: vpc,
      finds: ["aws_vpc.main ingress", "aws_vpc.main egress"],
    },
    {
      title: "one that allows",
      resources: acl({ ingress: [{ ...everything, action: "ALLOW" }] }),
      finds: ["aws_default_network_acl.main ingress[0]"],
    },
    {
      title: "an entry that is added from elsewhere",
      resources: {
        ...acl({}),
        aws_network_acl_rule: {
          more: {
            ...{ network_acl_id: "${aws_vpc.main.default_network_acl_id}", rule_number: 5, rule_action: "allow" },
            ...{ egress: true, protocol: "-1", cidr_block: "0.0.0.0/0" },
          },
        },
      },
      finds: ["aws_network_acl_rule.more cidr_block"],
    },
  ],
  unknown: [
    {
      title: "a variable decides whether it allows",
      resources: acl({ egress: [{ ...everything, action: "${var.action}" }] }),
      finds: ["aws_default_network_acl.main egress[0]"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_default_network_acl", "leave the default ACL as AWS makes it", () => undefined),
  onResource("aws_default_network_acl", "allow everything", (acl) => ({
    ...acl,
    ingress: [{ ...everything, action: "allow" }],
  })),
  addResource(
    "add an entry to the default ACL",
    "aws_network_acl_rule",
    {
      ...{ network_acl_id: "${aws_vpc.network_vpc.default_network_acl_id}", rule_number: 5, rule_action: "allow" },
      ...{ egress: false, protocol: "tcp", from_port: 0, to_port: 65_535, ipv6_cidr_block: "::/0" },
    },
    "network",
  ),
];
