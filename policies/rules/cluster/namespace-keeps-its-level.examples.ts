import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const LABEL = "pod-security.kubernetes.io/enforce";
const AT = `Namespace/shop metadata.labels[${LABEL}]`;
const shop: JsonObject = {
  ...{ apiVersion: "v1", kind: "Namespace" },
  metadata: { name: "shop", labels: { [LABEL]: "restricted" } },
};
const GROUP = "admissionregistration.k8s.io/v1";
const guard = (
  expression = `!("${LABEL}" in oldObject.metadata.labels) || "${LABEL}" in object.metadata.labels`,
  resources: readonly string[] = ["namespaces"],
  matchResources: JsonObject = {},
): readonly JsonObject[] => [
  {
    ...{ apiVersion: GROUP, kind: "ValidatingAdmissionPolicy", metadata: { name: "level" } },
    spec: {
      matchConstraints: { resourceRules: [{ apiGroups: [""], operations: ["UPDATE"], resources }] },
      validations: [{ expression }],
    },
  },
  {
    ...{ apiVersion: GROUP, kind: "ValidatingAdmissionPolicyBinding", metadata: { name: "level" } },
    spec: { policyName: "level", validationActions: ["Deny"], matchResources },
  },
];

export const examples: Examples = {
  good: [
    { title: "a policy that compares before and after", manifests: [shop, ...guard()] },
    { title: "a namespace without a level", manifests: [{ ...shop, metadata: { name: "shop" } }, shop, ...guard()] },
  ],
  bad: [
    { title: "nothing", manifests: [shop], finds: [AT] },
    { title: "a policy on something else", manifests: [shop, ...guard(undefined, ["configmaps"])], finds: [AT] },
    {
      title: "a policy that looks at another label",
      manifests: [shop, ...guard('"x" in object.metadata.labels')],
      finds: [AT],
    },
    {
      title: "a policy that lets all through",
      manifests: [shop, ...guard(`true || "${LABEL}" in object.metadata.labels`)],
      finds: [AT],
    },
    {
      title: "a policy for another namespace",
      manifests: [
        shop,
        ...guard(undefined, undefined, {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "pay" } },
        }),
      ],
      finds: [AT],
    },
  ],
  unknown: [
    { title: "by itself, the policy that keeps it in another file", isPart: true, manifests: [shop], finds: [AT] },
  ],
};

const own = ({ name }: { readonly name: string }): boolean => name === "namespaces-keep-pod-security";

export const mutations: readonly Mutation[] = [
  onObject("ValidatingAdmissionPolicy", "drop the policy", () => undefined, own),
  onObject("ValidatingAdmissionPolicyBinding", "drop its binding", () => undefined, own),
  onObject(
    "ValidatingAdmissionPolicy",
    "judge something else",
    (body) => {
      body.spec.matchConstraints.resourceRules[0].resources = ["configmaps"];
      return body;
    },
    own,
  ),
  onObject(
    "ValidatingAdmissionPolicy",
    "let all through",
    (body) => {
      body.spec.validations[0].expression = `true || (${body.spec.validations[0].expression})`;
      return body;
    },
    own,
  ),
];
