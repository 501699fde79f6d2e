import { type Estate, kind } from "../estate.ts";
import { isUnknown, type Value } from "../value.ts";
import type { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";
import { isEmpty, selectorOf, selects } from "./selector.ts";

const GROUP = "admissionregistration.k8s.io";

/** A binding of an admission policy. */
export interface PolicyBinding extends Named {
  readonly policy: string;
  readonly actions: readonly string[];
  readonly parameterMissing: Value<string> | undefined;
  readonly hasParameter: boolean;
  /** Whether it is for a namespace; of those that select by other labels nobody knows. */
  readonly isFor: (namespace: string) => boolean;
}

/** A ValidatingAdmissionPolicy and where it is bound. */
export interface AdmissionPolicy extends Named {
  readonly onFailure: Value<string>;
  readonly takesParameter: boolean;
  readonly judges: readonly Judged[];
  readonly validations: readonly Fields[];
  readonly bindings: readonly PolicyBinding[];
}

interface Judged {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly operations: readonly string[];
}

export const admissionPolicies = kind<AdmissionPolicy>("ValidatingAdmissionPolicy", (estate) => {
  const bound = Map.groupBy(estate.of(policyBindings), ({ policy }) => policy);
  return objectsOf(estate, "ValidatingAdmissionPolicy", GROUP).map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    return {
      ...object,
      onFailure: spec.text("failurePolicy") ?? "Fail",
      takesParameter: spec.has("paramKind"),
      judges: spec
        .in("matchConstraints")
        .list("resourceRules")
        .map((rule) => ({
          groups: rule.texts("apiGroups"),
          resources: rule.texts("resources"),
          operations: rule.texts("operations"),
        })),
      validations: spec.list("validations"),
      bindings: bound.get(object.name) ?? [],
    };
  });
});

export const policyBindings = kind<PolicyBinding>("ValidatingAdmissionPolicyBinding", (estate) =>
  objectsOf(estate, "ValidatingAdmissionPolicyBinding", GROUP).map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const selector = selectorOf(spec.in("matchResources", "namespaceSelector"));
    return {
      ...object,
      policy: String(spec.raw["policyName"]),
      actions: spec.texts("validationActions"),
      parameterMissing: spec.in("paramRef").text("parameterNotFoundAction"),
      hasParameter: spec.has("paramRef"),
      isFor: (namespace: string) =>
        isEmpty(selector) || selects(selector, new Map([["kubernetes.io/metadata.name", namespace]])),
    };
  }),
);

/** Whether a policy denies what it judges wrong, and whatever it cannot judge. */
export const denies = ({ onFailure, validations }: AdmissionPolicy, { actions }: PolicyBinding): boolean =>
  !isUnknown(onFailure) && onFailure === "Fail" && validations.length > 0 && actions.includes("Deny");

/** Policies that judge an operation on a resource in a namespace, and deny. */
export const guardsOf = (
  estate: Estate,
  resource: string,
  operation: string,
  namespace: string | undefined,
): readonly AdmissionPolicy[] =>
  estate
    .of(admissionPolicies)
    .filter((policy) =>
      policy.judges.some(
        ({ resources, operations }) =>
          (resources.includes(resource) || resources.includes("*")) &&
          (operations.includes(operation) || operations.includes("*")),
      ),
    )
    .filter((policy) =>
      policy.bindings.some((each) => denies(policy, each) && (namespace === undefined || each.isFor(namespace))),
    );
