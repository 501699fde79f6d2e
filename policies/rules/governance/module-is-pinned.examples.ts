import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";

const call = (source: string, version?: string) => ({
  configuration: { module: { a: { source, ...(version === undefined ? {} : { version }) } } },
});
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const found = ["module.a source"];

export const examples: Examples = {
  good: [
    { title: "of this repository", ...call("./modules/a") },
    { title: "of a commit", ...call(`git::https://example.org/a.git//b?ref=${COMMIT}`) },
    { title: "one version of a registry", ...call("terraform-aws-modules/vpc/aws", "6.5.0") },
  ],
  bad: [
    { title: "a branch", ...call("github.com/example/a?ref=main"), finds: found },
    { title: "a tag, which can be moved", ...call("git::https://example.org/a.git?ref=v1.2.0"), finds: found },
    { title: "whatever is newest", ...call("terraform-aws-modules/vpc/aws"), finds: found },
    { title: "any later version", ...call("terraform-aws-modules/vpc/aws", ">= 6.0"), finds: found },
    {
      title: "a branch, in a plan",
      stacks: {
        plan: {
          format_version: "1.2",
          planned_values: { root_module: {} },
          configuration: { root_module: { module_calls: { a: { source: "git@example.org:a.git", module: {} } } } },
        },
      },
      finds: found,
    },
    {
      title: "a branch, in a module that is pinned",
      stacks: {
        plan: {
          format_version: "1.2",
          planned_values: { root_module: {} },
          configuration: {
            root_module: {
              module_calls: {
                a: {
                  source: `git::https://example.org/a.git?ref=${COMMIT}`,
                  module: { module_calls: { b: { source: "git::https://example.org/b.git?ref=main", module: {} } } },
                },
              },
            },
          },
        },
      },
      finds: ["module.a.module.b source"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onState("modules", "take a module of a registry as it comes", (modules) => ({
    ...modules,
    vpc: { source: "terraform-aws-modules/vpc/aws" },
  })),
  onState("modules", "take a module of a branch", (modules) => ({
    ...modules,
    vpc: { source: "git::https://example.org/a.git?ref=main" },
  })),
];
