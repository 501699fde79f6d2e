import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { withStalePlan } from "../../engine/state-mutation.ts";

const stale = { stack: "network", source: "plans/example/network.json", changed: ["network"] };

export const examples: Examples = {
  good: [
    {
      title: "a plan that takes its configuration's place",
      stacks: { network: { format_version: "1.2", planned_values: { root_module: {} }, resource_changes: [] } },
    },
  ],
  bad: [{ title: "a configuration has changed since", stalePlans: [stale], finds: ["plan made from"] }],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  withStalePlan("change what a plan was made from", stale),
  withStalePlan("lose the record of it", { ...stale, changed: ["no record of what it was made from"] }),
];
