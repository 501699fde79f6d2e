import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, LABELS, service } from "./examples/workloads.ts";

const labels = { ...LABELS, "app.kubernetes.io/managed-by": "Helm" };
const living = (namespace: string | undefined, all: JsonObject = labels): JsonObject =>
  deployment({ metadata: { namespace }, labels: all });
const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "web" } };
const pool = { apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "web" } };

export const examples: Examples = {
  good: [
    {
      title: "a service in its namespace, beside objects of the cluster",
      manifests: [living("shop"), service(), role, pool],
    },
  ],
  bad: [
    {
      title: "default, by name and by silence",
      manifests: [living("default"), { apiVersion: "v1", kind: "Service", metadata: { name: "web" } }],
      finds: ["Deployment/default/web metadata.namespace", "Service/web metadata.namespace"],
    },
    {
      title: "a program among the cluster's own",
      manifests: [living("kube-system")],
      finds: ["Deployment/kube-system/web metadata.namespace"],
    },
    {
      title: "what the cluster's own programs obey",
      manifests: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "aws-auth", namespace: "kube-system" } }],
      finds: ["ConfigMap/kube-system/aws-auth metadata.namespace"],
    },
    {
      title: "pods that say nothing of themselves",
      manifests: [living("shop", { app: "web" })],
      finds: ["Deployment/shop/web spec.template.metadata.labels"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onObject("ConfigMap", "say who is who in the cluster", (body) => ({
    ...body,
    metadata: { name: "aws-auth", namespace: "kube-system" },
    data: { mapRoles: "- rolearn: arn:aws:iam::999999999999:role/a\n  groups: [system:masters]\n" },
  })),
  onObject("Deployment", "move a service to default", (body) => ({
    ...body,
    metadata: { ...body.metadata, namespace: "default" },
  })),
  onObject("Deployment", "take labels from pods", (body) => {
    delete body.spec.template.metadata.labels["app.kubernetes.io/part-of"];
    return body;
  }),
];
