import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { daemonSet, deployment, LABELS, object, service } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web";
const BUDGET = "PodDisruptionBudget/shop/web";
const budget = (spec: JsonObject, name = "web", apiVersion = "policy/v1"): JsonObject =>
  object(apiVersion, "PodDisruptionBudget", name, {
    spec: { unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: LABELS }, ...spec },
  });
const scaler = (spec: JsonObject): JsonObject =>
  object("autoscaling/v2", "HorizontalPodAutoscaler", "web", {
    spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: 6, ...spec },
  });

export const examples: Examples = {
  good: [
    {
      title: "two pods, one of which may be missing",
      manifests: [deployment(), service(), budget({ maxUnavailable: 1 })],
    },
    {
      title: "a third of three to six pods",
      manifests: [
        deployment({ spec: { replicas: undefined } }),
        service(),
        scaler({ minReplicas: 3 }),
        budget({ minAvailable: "66%" }),
      ],
    },
    { title: "a scheduler of which there may be only one", manifests: [deployment({ spec: { replicas: 1 } })] },
    {
      title: "one exporter of metrics",
      manifests: [deployment({ spec: { replicas: 1 } }), service({ ports: [{ name: "metrics", port: 9187 }] })],
    },
  ],
  bad: [
    {
      title: "one pod that serves",
      manifests: [deployment({ spec: { replicas: undefined } }), service()],
      finds: [`${WEB} spec.replicas`],
    },
    {
      title: "an autoscaler that goes down to one",
      manifests: [deployment(), service(), scaler({}), daemonSet()],
      finds: [`${WEB} minReplicas`],
    },
    { title: "several pods without a budget", manifests: [deployment()], finds: [`${WEB} PodDisruptionBudget`] },
    {
      title: "two budgets for the same pods",
      manifests: [deployment(), budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 1, selector: {} }, "all")],
      finds: [`${WEB} PodDisruptionBudget`],
    },
    {
      title: "a budget of other pods",
      manifests: [deployment(), budget({ maxUnavailable: 1, selector: { matchLabels: { app: "api" } } })],
      finds: [`${WEB} PodDisruptionBudget`],
    },
    {
      title: "no pod may be missing",
      manifests: [deployment(), budget({ maxUnavailable: 0 })],
      finds: [`${BUDGET} spec.maxUnavailable`],
    },
    {
      title: "no pod may be missing, by percent that are rounded up",
      manifests: [deployment(), budget({ minAvailable: "51%" })],
      finds: [`${BUDGET} spec.minAvailable`],
    },
    {
      title: "all pods may be missing",
      manifests: [deployment(), budget({ maxUnavailable: "100%" })],
      finds: [`${BUDGET} spec.maxUnavailable`],
    },
    {
      title: "one pod that may never go",
      manifests: [deployment({ spec: { replicas: 1 } }), budget({ minAvailable: 1 })],
      finds: [`${BUDGET} spec.minAvailable`],
    },
    {
      title: "broken pods that keep their node",
      manifests: [deployment(), budget({ maxUnavailable: 1, unhealthyPodEvictionPolicy: undefined })],
      finds: [`${BUDGET} spec.unhealthyPodEvictionPolicy`],
    },
    {
      title: "an empty selector of the old version, which selects nothing",
      manifests: [deployment(), budget({ maxUnavailable: 1, selector: {} }, "web", "policy/v1beta1")],
      finds: [`${WEB} PodDisruptionBudget`],
    },
  ],
  unknown: [
    {
      title: "by itself, its budget in another file",
      isPart: true,
      manifests: [deployment()],
      finds: [`${WEB} PodDisruptionBudget`],
    },
    {
      title: "the number of pods is still to be filled in",
      manifests: [
        deployment({ spec: { replicas: "{{ .Values.replicas }}" } }),
        service(),
        budget({ maxUnavailable: 1 }),
      ],
      finds: [`${WEB} spec.replicas`],
    },
    {
      title: "the budget is still to be filled in",
      manifests: [deployment(), budget({ maxUnavailable: "some" })],
      finds: [`${BUDGET} spec.maxUnavailable`],
    },
  ],
};

const inBudget = (title: string, change: JsonObject): Mutation =>
  onObject("PodDisruptionBudget", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  onObject("PodDisruptionBudget", "drop a budget", () => undefined),
  inBudget("let all pods be missing", { maxUnavailable: "100%" }),
  inBudget("let no pod be missing", { maxUnavailable: 0 }),
  inBudget("want all pods there", { maxUnavailable: undefined, minAvailable: "100%" }),
  inBudget("select pods of nobody", { selector: { matchLabels: { app: "nobody" } } }),
  inBudget("let broken pods keep their node", { unhealthyPodEvictionPolicy: "IfHealthyBudget" }),
  onObject("HorizontalPodAutoscaler", "scale down to one", (body) => {
    body.spec.minReplicas = 1;
    return body;
  }),
];
