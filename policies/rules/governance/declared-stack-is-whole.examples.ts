import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const declared = (resources: number) => ({ stacks: [{ name: "example", resources }] });
const resources = { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } };

export const examples: Examples = {
  good: [
    { title: "all that were made are there", resources, declaration: declared(1) },
    {
      title: "a plan took its place, which says only what changes",
      stacks: { example: { format_version: "1.2", planned_values: { root_module: {} }, resource_changes: [] } },
      declaration: declared(1),
    },
  ],
  bad: [
    { title: "fewer resources than were made", resources, declaration: declared(2), finds: ["example resources"] },
    {
      title: "another stack alone",
      resources,
      declaration: { stacks: [{ name: "network", resources: 4 }] },
      finds: ["network resources"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_cloudwatch_metric_alarm", "lose an alarm", () => undefined),
  onResource("aws_route53_record", "lose a name", () => undefined),
];
