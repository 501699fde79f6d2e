import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment } from "./examples/workloads.ts";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const AT = `Namespace/agents metadata.labels[${ENFORCE}]`;
const namespace = (labels: JsonObject = {}): JsonObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "agents", labels },
});
const ADMISSION = "admissionregistration.k8s.io/v1";
const guard = (resources: readonly string[], matchResources?: JsonObject): readonly JsonObject[] => [
  {
    apiVersion: ADMISSION,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "agents" },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources }],
      },
      validations: [{ expression: "false" }],
    },
  },
  {
    apiVersion: ADMISSION,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name: "agents" },
    spec: {
      policyName: "agents",
      validationActions: ["Deny"],
      matchResources: matchResources ?? {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "agents" } },
      },
    },
  },
];
const both = ["pods", "pods/ephemeralcontainers"];

export const examples: Examples = {
  good: [
    { title: "restricted", manifests: [namespace({ [ENFORCE]: "restricted" })] },
    {
      title: "agents that read the node, judged by a policy of their own",
      manifests: [namespace({ [ENFORCE]: "privileged" }), ...guard(both)],
    },
  ],
  bad: [
    { title: "no label", manifests: [namespace()], finds: [AT] },
    {
      title: "a warning only",
      manifests: [namespace({ "pod-security.kubernetes.io/warn": "restricted" })],
      finds: [AT],
    },
    { title: "the middle level", manifests: [namespace({ [ENFORCE]: "baseline" })], finds: [AT] },
    {
      title: "a policy that forgets containers added later",
      manifests: [namespace({ [ENFORCE]: "privileged" }), ...guard(["pods"])],
      finds: [AT],
    },
    {
      title: "a policy for all and for nobody in particular",
      manifests: [namespace({ [ENFORCE]: "privileged" }), ...guard(both, {})],
      finds: [AT],
    },
    {
      title: "a version before there was such a level",
      manifests: [namespace({ [ENFORCE]: "restricted", [`${ENFORCE}-version`]: "v1.20" })],
      finds: [`Namespace/agents metadata.labels[${ENFORCE}-version]`],
    },
  ],
  unknown: [
    {
      title: "by itself, the policy in its place in another file",
      isPart: true,
      manifests: [namespace({ [ENFORCE]: "privileged" })],
      finds: [AT],
    },
    { title: "the level is still to be filled in", manifests: [namespace({ [ENFORCE]: "${LEVEL}" })], finds: [AT] },
    {
      title: "the namespace of a pod is not shown",
      manifests: [deployment()],
      finds: [`Namespace/shop metadata.labels[${ENFORCE}]`],
    },
  ],
};

const relabel = (title: string, level: string | undefined): Mutation =>
  onObject("Namespace", title, (body) => {
    body.metadata.labels[ENFORCE] = level;
    return body;
  });

export const mutations: readonly Mutation[] = [
  relabel("enforce the middle level", "baseline"),
  relabel("enforce nothing", undefined),
  onObject("Namespace", "drop a namespace", () => undefined),
  onObject(
    "ValidatingAdmissionPolicyBinding",
    "only audit the agents",
    (body) => ({ ...body, spec: { ...body.spec, validationActions: ["Audit"] } }),
    ({ name }) => name === "log-shipper",
  ),
  onObject(
    "ValidatingAdmissionPolicy",
    "forget containers that are added later",
    (body) => {
      body.spec.matchConstraints.resourceRules[0].resources = ["pods"];
      return body;
    },
    ({ name }) => name === "log-shipper",
  ),
];
