import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const GROUP = "admissionregistration.k8s.io/v1";
const POLICY = "ValidatingAdmissionPolicy/jobs spec";
const BINDING = "ValidatingAdmissionPolicyBinding/jobs spec";
const policy = (spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: GROUP, kind: "ValidatingAdmissionPolicy", metadata: { name: "jobs" } },
  spec: { validations: [{ expression: "false" }], ...spec },
});
const binding = (spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: GROUP, kind: "ValidatingAdmissionPolicyBinding", metadata: { name: "jobs" } },
  spec: { policyName: "jobs", validationActions: ["Deny"], ...spec },
});
const paramKind = { apiVersion: "batch/v1", kind: "CronJob" };

export const examples: Examples = {
  good: [
    { title: "a policy that denies", manifests: [policy(), binding()] },
    {
      title: "one that compares",
      manifests: [policy({ paramKind }), binding({ paramRef: { name: "dump", parameterNotFoundAction: "Deny" } })],
    },
  ],
  bad: [
    {
      title: "nobody bound by it",
      manifests: [policy()],
      finds: ["ValidatingAdmissionPolicy/jobs ValidatingAdmissionPolicyBinding"],
    },
    {
      title: "a warning",
      manifests: [policy(), binding({ validationActions: ["Warn", "Audit"] })],
      finds: [`${BINDING}.validationActions`],
    },
    {
      title: "a policy that lets through what it cannot judge",
      manifests: [policy({ failurePolicy: "Ignore", validations: [] }), binding()],
      finds: [`${POLICY}.failurePolicy`, `${POLICY}.validations`],
    },
    { title: "nothing to compare with", manifests: [policy({ paramKind }), binding()], finds: [`${BINDING}.paramRef`] },
    {
      title: "all let through where the parameter is gone",
      manifests: [policy({ paramKind }), binding({ paramRef: { name: "dump", parameterNotFoundAction: "Allow" } })],
      finds: [`${BINDING}.paramRef.parameterNotFoundAction`],
    },
  ],
  unknown: [
    {
      title: "a value decides what happens on failure",
      manifests: [policy({ failurePolicy: "${POLICY}" }), binding()],
      finds: [`${POLICY}.failurePolicy`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject(
    "ValidatingAdmissionPolicyBinding",
    "drop a binding",
    () => undefined,
    ({ name }) => name === "jobs-of-operators",
  ),
  onObject("ValidatingAdmissionPolicyBinding", "only warn", (body) => ({
    ...body,
    spec: { ...body.spec, validationActions: ["Warn"] },
  })),
  onObject("ValidatingAdmissionPolicy", "let through on failure", (body) => ({
    ...body,
    spec: { ...body.spec, failurePolicy: "Ignore" },
  })),
  onObject("ValidatingAdmissionPolicyBinding", "let through without the parameter", (body) => {
    if (body.spec.paramRef !== undefined) body.spec.paramRef.parameterNotFoundAction = "Allow";
    return body;
  }),
];
