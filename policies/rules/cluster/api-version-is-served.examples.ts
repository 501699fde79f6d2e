import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object } from "./examples/workloads.ts";

const budget = (apiVersion: string): JsonObject => object(apiVersion, "PodDisruptionBudget", "web", {});

export const examples: Examples = {
  good: [
    { title: "stable versions", manifests: [deployment(), budget("policy/v1")] },
    { title: "an early version of somebody else's", manifests: [object("argoproj.io/v1alpha1", "Rollout", "web", {})] },
  ],
  bad: [
    {
      title: "a version that is gone",
      manifests: [budget("policy/v1beta1")],
      finds: ["PodDisruptionBudget/shop/web apiVersion"],
    },
    {
      title: "an early version that EKS does not serve",
      manifests: [object("internal.apiserver.k8s.io/v1alpha1", "StorageVersion", "web", {})],
      finds: ["StorageVersion/shop/web apiVersion"],
    },
    {
      title: "a kind that nothing keeps",
      manifests: [object("v1", "Endpoints", "web", {}), object("policy/v1beta1", "PodSecurityPolicy", "web", {})],
      finds: ["Endpoints/shop/web kind", "PodSecurityPolicy/shop/web apiVersion", "PodSecurityPolicy/shop/web kind"],
    },
  ],
  unknown: [],
};

const reversion = (kind: string, apiVersion: string): Mutation =>
  onObject(kind, `write a ${kind} as ${apiVersion}`, (body) => ({ ...body, apiVersion }));

export const mutations: readonly Mutation[] = [
  reversion("CronJob", "batch/v1beta1"),
  reversion("Deployment", "extensions/v1beta1"),
];
