import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const TYPE = "aws_eks_cluster";
const found = [`${TYPE}.main version`];

export const examples: Examples = {
  good: [
    { title: "a version of this year", resources: { [TYPE]: { main: { version: "1.35" } } } },
    { title: "a version of later", resources: { [TYPE]: { main: { version: "1.100" } } } },
  ],
  bad: [
    { title: "a version whose time is over", resources: { [TYPE]: { main: { version: "1.29" } } }, finds: found },
    {
      title: "a version as a number, which loses its zero",
      resources: { [TYPE]: { main: { version: 1.3 } } },
      finds: found,
    },
    { title: "whatever was newest once", resources: { [TYPE]: { main: {} } }, finds: found },
  ],
  unknown: [
    { title: "a variable decides", resources: { [TYPE]: { main: { version: "${var.version}" } } }, finds: found },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource(TYPE, "stay on an old version", (cluster) => ({ ...cluster, version: "1.31" })),
  onResource(TYPE, "name no version", ({ version: _, ...cluster }) => cluster),
];
