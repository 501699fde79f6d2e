import type { Examples } from "../../engine/example.ts";
import { type Mutation, onState } from "../../engine/mutation.ts";

const calls = { network: { source: "./network" } };

export const examples: Examples = {
  good: [
    {
      title: "a module of a registry, in a plan, which shows what it makes",
      stacks: {
        plan: {
          format_version: "1.2",
          planned_values: { root_module: {} },
          configuration: {
            root_module: { module_calls: { vpc: { source: "terraform-aws-modules/vpc/aws", module: {} } } },
          },
        },
      },
    },
  ],
  bad: [
    {
      title: "a module of a folder that is not there, or in HCL",
      configuration: { module: calls },
      finds: ["module.network source"],
    },
  ],
  unknown: [
    {
      title: "a module of a registry",
      configuration: { module: { vpc: { source: "terraform-aws-modules/vpc/aws", version: "6.5.0" } } },
      finds: ["module.vpc source"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onState("call a module of a registry", (state) => ({
    ...state,
    modules: { ...state.modules, vpc: { source: "terraform-aws-modules/vpc/aws", version: "6.5.0" } },
  })),
  onState("call a module of a folder that nobody reads", (state) => ({
    ...state,
    modules: { ...state.modules, ...calls },
  })),
];
