import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const vpc = { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } };
const group = (rules: JsonObject) => ({
  ...vpc,
  aws_default_security_group: { main: { vpc_id: "${aws_vpc.main.id}", ...rules } },
});

export const examples: Examples = {
  good: [
    { title: "a default group without rules", resources: group({}) },
    { title: "a default group whose rules are emptied", resources: group({ ingress: [], egress: [] }) },
  ],
  bad: [
    {
      title: "a VPC whose default group nobody manages",
      resources: vpc,
      finds: ["aws_vpc.main ingress", "aws_vpc.main egress"],
    },
    {
      title: "members that may talk to each other",
      resources: group({ ingress: [{ protocol: -1, self: true, from_port: 0, to_port: 0 }] }),
      finds: ["aws_default_security_group.main ingress[0]"],
    },
    {
      title: "a rule added from elsewhere",
      resources: {
        ...group({}),
        aws_vpc_security_group_ingress_rule: {
          more: {
            security_group_id: "${aws_vpc.main.default_security_group_id}",
            ip_protocol: "-1",
            cidr_ipv4: "10.0.0.0/8",
          },
        },
      },
      finds: ["aws_vpc_security_group_ingress_rule.more cidr_ipv4"],
    },
  ],
  unknown: [
    {
      title: "blocks that nobody knows",
      resources: group({ dynamic: { ingress: {} } }),
      finds: ["aws_default_security_group.main ingress[0]"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_default_security_group", "leave the default group as AWS makes it", () => undefined),
  onResource("aws_default_security_group", "let members talk to each other", (group) => ({
    ...group,
    ingress: [{ protocol: "-1", from_port: 0, to_port: 0, self: true }],
  })),
  addResource(
    "add a rule to the default group",
    "aws_security_group_rule",
    {
      ...{ type: "egress", security_group_id: "${aws_vpc.network_vpc.default_security_group_id}", description: "out" },
      ...{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] },
    },
    "network",
  ),
];
