import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, LABELS, object } from "../cluster/examples/workloads.ts";

const policy = (podSelector: JsonObject, from: JsonObject): JsonObject =>
  object("networking.k8s.io/v1", "NetworkPolicy", "web", { spec: { podSelector, ingress: [{ from: [from] }] } });
const own = { matchLabels: LABELS };
const nobody = { matchLabels: { app: "nobody" } };

export const examples: Examples = {
  good: [
    {
      title: "pods of the release",
      manifests: [
        deployment(),
        policy(own, { podSelector: own }),
        object("policy/v1", "PodDisruptionBudget", "web", { spec: { selector: own } }),
      ],
    },
    {
      title: "all pods, and pods of another namespace",
      manifests: [policy({}, { podSelector: nobody, namespaceSelector: {} })],
    },
  ],
  bad: [
    {
      title: "a policy for nobody, that lets nobody in",
      manifests: [deployment(), policy(nobody, { podSelector: nobody })],
      finds: ["NetworkPolicy/shop/web spec.podSelector", "NetworkPolicy/shop/web spec.ingress[0]"],
    },
    {
      title: "a budget of nobody",
      manifests: [
        object("policy/v1", "PodDisruptionBudget", "web", {
          spec: { selector: { matchExpressions: [{ key: "app", operator: "Exists" }] } },
        }),
      ],
      finds: ["PodDisruptionBudget/shop/web spec.selector"],
    },
  ],
  unknown: [
    {
      title: "by itself, its pods in another file",
      isPart: true,
      manifests: [policy(own, { podSelector: own })],
      finds: ["NetworkPolicy/shop/web spec.podSelector", "NetworkPolicy/shop/web spec.ingress[0]"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("NetworkPolicy", "let nobody in", (body) => {
    for (const rule of body.spec.ingress ?? [])
      for (const peer of rule.from ?? []) if (peer.podSelector !== undefined) peer.podSelector = nobody;
    return body;
  }),
  onObject("NetworkPolicy", "be for nobody", (body) => {
    if (body.spec.podSelector.matchLabels !== undefined) body.spec.podSelector = nobody;
    return body;
  }),
  onObject("PodDisruptionBudget", "bound nobody", (body) => ({ ...body, spec: { ...body.spec, selector: nobody } })),
];
