import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const rule = (change: JsonObject) => ({
  aws_security_group: { web: { description: "the shop" } },
  aws_vpc_security_group_ingress_rule: { web: { security_group_id: "${aws_security_group.web.id}", ...change } },
});

export const examples: Examples = {
  good: [{ title: "a purpose", resources: rule({ description: "customers to the shop" }) }],
  bad: [
    {
      title: "a rule without a word",
      resources: rule({}),
      finds: ["aws_vpc_security_group_ingress_rule.web description"],
    },
    {
      title: "an empty word in an inline rule",
      resources: { aws_security_group: { web: { description: "the shop", egress: [{ description: " " }] } } },
      finds: ["aws_security_group.web egress[0].description"],
    },
    {
      title: "what the provider writes by itself",
      resources: { aws_security_group: { web: { description: "Managed by Terraform" }, other: {} } },
      finds: ["aws_security_group.web description", "aws_security_group.other description"],
    },
  ],
  unknown: [
    {
      title: "a variable says it",
      resources: rule({ description: "${var.why}" }),
      finds: ["aws_vpc_security_group_ingress_rule.web description"],
    },
  ],
};

const RULE = "aws_vpc_security_group_ingress_rule";

export const mutations: readonly Mutation[] = [
  onResource(RULE, "drop a description", ({ description: _, ...rule }) => rule),
  onResource("aws_vpc_security_group_egress_rule", "empty a description", (rule) => ({ ...rule, description: "" })),
  onResource("aws_security_group", "drop a group's description", ({ description: _, ...group }) => group),
];
