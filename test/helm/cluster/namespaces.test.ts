import { beforeAll, describe, expect, test } from "vitest";
import { type ClusterObject, givenIn, labelsOf, objectIn, render } from "./support/render.ts";

/** Where a service's pods live, and where they end. */

let objects: readonly ClusterObject[];
beforeAll(async () => {
  objects = await render(givenIn("production"));
});

const services = ["desktop-backend", "resident-services", "student-allocation"];

test("nothing takes from a namespace what its pods must be: Helm would, where it makes the namespace of a service", () => {
  expect(objectIn(objects, "ValidatingAdmissionPolicy", "namespaces-keep-pod-security")["spec"]).toEqual({
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["UPDATE"], resources: ["namespaces"] }],
    },
    validations: [
      {
        expression:
          '!("pod-security.kubernetes.io/enforce" in oldObject.metadata.?labels.orValue({})) || "pod-security.kubernetes.io/enforce" in object.metadata.?labels.orValue({})',
        message:
          "metadata/labels: must keep pod-security.kubernetes.io/enforce, got none. Namespaces are made by release cluster; install services without --create-namespace",
        reason: "Forbidden",
      },
    ],
  });
  expect(objectIn(objects, "ValidatingAdmissionPolicyBinding", "namespaces-keep-pod-security")["spec"]).toEqual({
    policyName: "namespaces-keep-pod-security",
    validationActions: ["Deny"],
  });
});

test("a namespace says what its pods may be, whose they are, and that Helm never deletes it", () => {
  expect(objectIn(objects, "Namespace", "student-allocation")).toEqual({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: "student-allocation",
      labels: {
        ...labelsOf("student-allocation"),
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.36",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.36",
        "platform.example.org/code": "alc",
        "platform.example.org/owner": "education",
        "platform.example.org/data": "personal",
        "eks.amazonaws.com/pod-readiness-gate-inject": "enabled",
      },
      annotations: { "helm.sh/resource-policy": "keep" },
    },
  });
});

describe.each([...services, "log-shipper"])("%s", (name) => {
  test("lets nothing in and nothing out by default", () => {
    expect(objectIn(objects, "NetworkPolicy", "default-deny", name)).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "default-deny", namespace: name, labels: labelsOf(name) },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
  });
});

test("a service ends where all of its pods are at their most; it has no load balancer and no volume of its own", () => {
  expect(objectIn(objects, "ResourceQuota", "student-allocation", "student-allocation")).toEqual({
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "student-allocation", namespace: "student-allocation", labels: labelsOf("student-allocation") },
    spec: { hard: givenIn("production").values.services["student-allocation"]?.quota },
  });
  expect(givenIn("production").values.services["student-allocation"]?.quota).toMatchObject({
    "services.loadbalancers": "0",
    "services.nodeports": "0",
    persistentvolumeclaims: "0",
  });
});

test("a container that says nothing gets little, and none gets more memory than the largest declared", () => {
  expect(objectIn(objects, "LimitRange", "resident-services", "resident-services")).toEqual({
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "resident-services", namespace: "resident-services", labels: labelsOf("resident-services") },
    spec: {
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: "50m", memory: "128Mi", "ephemeral-storage": "64Mi" },
          default: { memory: "128Mi" },
          max: { memory: "4Gi" },
        },
      ],
    },
  });
});

test("there are namespaces of services on pods and of the log shipper, and no others", () => {
  const names = objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name);
  expect(names.sort()).toEqual(["desktop-backend", "log-shipper", "resident-services", "student-allocation"]);
});
