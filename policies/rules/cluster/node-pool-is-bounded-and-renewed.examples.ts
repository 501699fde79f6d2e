import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const AT = "NodePool/web spec";
const nodeClass: JsonObject = { apiVersion: "eks.amazonaws.com/v1", kind: "NodeClass", metadata: { name: "web" } };
const pool = (node: JsonObject = {}, rest: JsonObject = {}): JsonObject => ({
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  metadata: { name: "web" },
  spec: {
    template: {
      spec: {
        nodeClassRef: { kind: "NodeClass", name: "web" },
        expireAfter: "336h",
        terminationGracePeriod: "2h",
        ...node,
      },
    },
    limits: { cpu: "50", memory: "400Gi" },
    ...rest,
  },
});
const nights = [{ nodes: "1" }, { nodes: "0", schedule: "0 4 * * *", duration: "16h" }];

export const examples: Examples = {
  good: [{ title: "bounded, and new by night", manifests: [nodeClass, pool({}, { disruption: { budgets: nights } })] }],
  bad: [
    {
      title: "as many and as old as it comes",
      manifests: [
        nodeClass,
        pool({ expireAfter: undefined, terminationGracePeriod: undefined }, { limits: undefined }),
      ],
      finds: [
        `${AT}.limits.cpu`,
        `${AT}.limits.memory`,
        `${AT}.template.spec.expireAfter`,
        `${AT}.template.spec.terminationGracePeriod`,
      ],
    },
    {
      title: "nodes that never go",
      manifests: [nodeClass, pool({ expireAfter: "Never" }, { disruption: { budgets: [{ nodes: "0" }] } })],
      finds: [`${AT}.template.spec.expireAfter`, `${AT}.disruption.budgets`],
    },
    { title: "a class that is not there", manifests: [pool()], finds: [`${AT}.template.spec.nodeClassRef`] },
  ],
  unknown: [
    {
      title: "by itself, its class in another file",
      isPart: true,
      manifests: [pool()],
      finds: [`${AT}.template.spec.nodeClassRef`],
    },
    {
      title: "the time is no time",
      manifests: [nodeClass, pool({ expireAfter: "${AGE}" })],
      finds: [`${AT}.template.spec.expireAfter`],
    },
  ],
};

const inNode = (title: string, change: JsonObject): Mutation =>
  onObject("NodePool", title, (body) => {
    Object.assign(body.spec.template.spec, change);
    return body;
  });

export const mutations: readonly Mutation[] = [
  inNode("let nodes grow old", { expireAfter: "Never" }),
  inNode("wait for pods for ever", { terminationGracePeriod: null }),
  inNode("name a class that is not there", { nodeClassRef: { kind: "NodeClass", name: "other" } }),
  onObject("NodePool", "lift the limits", (body) => ({ ...body, spec: { ...body.spec, limits: {} } })),
  onObject("NodePool", "let no node go", (body) => ({
    ...body,
    spec: { ...body.spec, disruption: { budgets: [{ nodes: "0" }] } },
  })),
];
