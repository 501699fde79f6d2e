import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { withStalePlan } from "../../engine/state-mutation.ts";

const edited = {
  ...{ stack: "network", source: "plans/example/network.json", changed: [] },
  differs: [
    {
      resource: "aws_lb_listener.a",
      attribute: "ssl_policy",
      planned: "ELBSecurityPolicy-2016-08",
      configured: "strict",
    },
    {
      resource: "aws_vpc_security_group_ingress_rule.b",
      attribute: "resource",
      planned: "in the plan",
      configured: "nothing",
    },
  ],
};
const stale = { stack: "network", source: "plans/example/network.json", changed: ["network"] };

export const examples: Examples = {
  good: [
    {
      title: "a plan that takes its configuration's place",
      stacks: { network: { format_version: "1.2", planned_values: { root_module: {} }, resource_changes: [] } },
    },
  ],
  bad: [
    { title: "a configuration has changed since", stalePlans: [stale], finds: ["plan made from"] },
    {
      title: "it says another thing than its configuration, and its digest was written anew",
      stalePlans: [edited],
      finds: ["aws_lb_listener.a ssl_policy", "aws_vpc_security_group_ingress_rule.b resource"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  withStalePlan("change what a plan was made from", stale),
  withStalePlan("edit it", edited),
  withStalePlan("lose the record of it", { ...stale, changed: ["no record of what it was made from"] }),
];
