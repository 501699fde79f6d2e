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
    {
      title: "expressions that read the request, by variables too, and a condition",
      manifests: [
        policy({
          variables: [
            { name: "labels", expression: "object.metadata.?labels.orValue({})" },
            { name: "known", expression: "['a', 'b']" },
          ],
          matchConditions: [{ name: "people", expression: 'request.userInfo.username.startsWith("people:")' }],
          validations: [{ expression: "variables.labels.all(key, key in variables.known)" }],
        }),
        binding(),
      ],
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
    ...[
      "true",
      "!false",
      "1 == 1",
      "true || object.spec.ok",
      "object.kind == object.kind",
      "size(object.metadata.name) >= 0",
    ].map((expression) => ({
      title: `an expression that is true of all: ${expression}`,
      manifests: [policy({ validations: [{ expression: "has(object.spec)" }, { expression }] }), binding()],
      finds: [`${POLICY}.validations[1].expression`],
    })),
    ...[
      "has(object.a) || !has(object.a)",
      "object.l.all(x, true)",
      "object.a ? true : true",
      "[1].exists(x, x == 1)",
    ].map((expression) => ({
      title: `an expression that is the same of all: ${expression}`,
      manifests: [policy({ validations: [{ expression }] }), binding()],
      finds: [`${POLICY}.validations[0].expression`],
    })),
    {
      title: "a variable that is true of all",
      manifests: [
        policy({ variables: [{ name: "ok", expression: "true" }], validations: [{ expression: "variables.ok" }] }),
        binding(),
      ],
      finds: [`${POLICY}.validations[0].expression`],
    },
    {
      title: "a condition that nobody meets",
      manifests: [policy({ matchConditions: [{ name: "never", expression: "request.a && false" }] }), binding()],
      finds: [`${POLICY}.matchConditions[0].expression`],
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
      title: "by itself, its binding in another file",
      isPart: true,
      manifests: [policy()],
      finds: ["ValidatingAdmissionPolicy/jobs ValidatingAdmissionPolicyBinding"],
    },
    {
      title: "a value decides what happens on failure",
      manifests: [policy({ failurePolicy: "${POLICY}" }), binding()],
      finds: [`${POLICY}.failurePolicy`],
    },
    {
      title: "an expression that is no CEL",
      manifests: [policy({ validations: [{ expression: "object.spec |" }] }), binding()],
      finds: [`${POLICY}.validations[0].expression`],
    },
  ],
};

const withExpression = (title: string, change: (before: string) => string, name?: string): Mutation =>
  onObject(
    "ValidatingAdmissionPolicy",
    title,
    (body) => {
      const [first] = body.spec.validations;
      first.expression = change(first.expression);
      return body;
    },
    (object) => name === undefined || object.name === name,
  );

export const mutations: readonly Mutation[] = [
  withExpression("hold true of all", () => "true"),
  withExpression("let through besides", (before) => `(${before}) || 1 == 1`, "jobs-of-operators"),
  withExpression("compare with itself", () => "object.spec == object.spec", "log-shipper"),
  onObject("ValidatingAdmissionPolicy", "never apply", (body) => {
    body.spec.matchConditions = [...(body.spec.matchConditions ?? []), { name: "never", expression: "false" }];
    return body;
  }),
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
