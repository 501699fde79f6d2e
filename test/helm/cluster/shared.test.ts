import { beforeAll, expect, test } from "vitest";
import { type ClusterObject, givenIn, labelsOf, objectIn, render } from "./support/render.ts";

/** What is there once in the cluster. */

let objects: readonly ClusterObject[];
beforeAll(async () => {
  objects = await render(givenIn("production"));
});

test("only what answers requests, and what each node has one of, takes the place of others", () => {
  const classes = objects.filter(({ kind }) => kind === "PriorityClass");
  expect(
    classes.map(({ metadata, value, preemptionPolicy, globalDefault }) => [
      metadata.name,
      value,
      preemptionPolicy,
      globalDefault,
    ]),
  ).toEqual([
    ["node-agents", 4000, "PreemptLowerPriority", false],
    ["serving", 3000, "PreemptLowerPriority", false],
    ["background", 2000, "Never", false],
    ["jobs", 1000, "Never", false],
  ]);
  for (const { description } of classes) expect(description).toMatch(/\w+ .+\.$/);
});

test("network policies are obeyed", () => {
  expect(objectIn(objects, "ConfigMap", "amazon-vpc-cni", "kube-system")).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "amazon-vpc-cni",
      namespace: "kube-system",
      labels: labelsOf("amazon-vpc-cni"),
      annotations: { "helm.sh/resource-policy": "keep" },
    },
    data: { "enable-network-policy-controller": "true" },
  });
});

test("certificates are signed by the internal authority that the deployment names", () => {
  expect(objectIn(objects, "AWSPCAClusterIssuer", "internal")).toEqual({
    apiVersion: "awspca.cert-manager.io/v1beta1",
    kind: "AWSPCAClusterIssuer",
    metadata: { name: "internal", labels: labelsOf("internal") },
    spec: {
      arn: "arn:aws:acm-pca:eu-central-1:333333333333:certificate-authority/00000000-0000-0000-0000-000000000000",
      region: "eu-central-1",
    },
  });
});
