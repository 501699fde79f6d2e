import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { daemonSet, object } from "./examples/workloads.ts";

const shop = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
const hard = {
  pods: "20",
  "requests.cpu": "8",
  "requests.memory": "16Gi",
  "limits.memory": "16Gi",
  "services.nodeports": "0",
  "services.loadbalancers": "0",
};
const quota = (changes: JsonObject = {}, spec: JsonObject = {}): JsonObject =>
  object("v1", "ResourceQuota", "shop", { spec: { hard: { ...hard, ...changes }, ...spec } });
const range = (limits: JsonObject = {}): JsonObject =>
  object("v1", "LimitRange", "shop", {
    spec: {
      limits: [
        { type: "Container", default: { memory: "128Mi" }, defaultRequest: { cpu: "50m", memory: "128Mi" }, ...limits },
      ],
    },
  });
const missing = (fields: readonly string[]): readonly string[] =>
  fields.map((field) => `Namespace/shop ResourceQuota.spec.hard[${field}]`);
const SHARES = ["default.memory", "defaultRequest.cpu", "defaultRequest.memory"].map(
  (field) => `Namespace/shop LimitRange.spec.limits.${field}`,
);

export const examples: Examples = {
  good: [
    { title: "a quota and a share", manifests: [shop, quota(), range()] },
    {
      title: "requests in their short spelling",
      manifests: [shop, quota({ "requests.cpu": undefined, cpu: "8" }), range()],
    },
  ],
  bad: [
    { title: "a namespace alone", manifests: [shop], finds: [...missing(Object.keys(hard)), ...SHARES] },
    {
      title: "load balancers for everybody",
      manifests: [shop, quota({ "services.loadbalancers": "2" }), range()],
      finds: missing(["services.loadbalancers"]),
    },
    {
      title: "a quota of some pods only",
      manifests: [shop, quota({}, { scopes: ["BestEffort"] }), range()],
      finds: missing(Object.keys(hard)),
    },
    { title: "a share of pods, not of containers", manifests: [shop, quota(), range({ type: "Pod" })], finds: SHARES },
    {
      title: "a quota that is no number, beside an agent",
      manifests: [shop, daemonSet(), { ...shop, metadata: { name: "other" } }],
      finds: [...missing(Object.keys(hard)), ...SHARES].map((each) => each.replace("shop", "other")),
    },
  ],
  unknown: [
    {
      title: "by itself, its bounds in another file",
      isPart: true,
      manifests: [shop],
      finds: [...missing(Object.keys(hard)), ...SHARES],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("ResourceQuota", "drop a quota", () => undefined),
  onObject("LimitRange", "drop a share", () => undefined),
  onObject("ResourceQuota", "allow load balancers", (body) => {
    body.spec.hard["services.loadbalancers"] = "1";
    return body;
  }),
  onObject("ResourceQuota", "count no pods", (body) => {
    delete body.spec.hard.pods;
    return body;
  }),
];
