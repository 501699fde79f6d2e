import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const SWITCH = "enable-network-policy-controller";
const AT = `NodeClass/shop ConfigMap amazon-vpc-cni ${SWITCH}`;
const nodes = (spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: "eks.amazonaws.com/v1", kind: "NodeClass", metadata: { name: "shop" } },
  spec,
});
const told = (data: JsonObject): JsonObject => ({
  ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "amazon-vpc-cni", namespace: "kube-system" } },
  data,
});

export const examples: Examples = {
  good: [
    { title: "policies are held", manifests: [nodes(), told({ [SWITCH]: "true" })] },
    {
      title: "and close everything that is not said",
      manifests: [nodes({ networkPolicy: "DefaultDeny" }), told({ [SWITCH]: "true" })],
    },
  ],
  bad: [
    { title: "turned off", manifests: [nodes(), told({ [SWITCH]: "false" })], finds: [AT] },
    { title: "not said", manifests: [nodes(), told({})], finds: [AT] },
    {
      title: "no policy on the nodes",
      manifests: [nodes({ networkPolicy: "None" }), told({ [SWITCH]: "true" })],
      finds: ["NodeClass/shop spec.networkPolicy"],
    },
  ],
  unknown: [{ title: "nobody is told", manifests: [nodes()], finds: [AT] }],
};

const own = ({ name }: { readonly name: string }): boolean => name === "amazon-vpc-cni";

export const mutations: readonly Mutation[] = [
  onObject("ConfigMap", "hold no policies", (body) => ({ ...body, data: { [SWITCH]: "false" } }), own),
  onObject("ConfigMap", "tell nobody", () => undefined, own),
  onObject("NodeClass", "hold none on some nodes", (body) => ({
    ...body,
    spec: { ...body.spec, networkPolicy: "None" },
  })),
];
