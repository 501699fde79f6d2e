import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { admissionPolicies, type PolicyBinding } from "../../model/cluster/admission.ts";

/** A policy that is written is one that holds. */
export const admissionPolicyDenies = rule({
  id: "K8S-026",
  slug: "admission-policy-denies",
  severity: "high",
  title: "Every admission policy is bound, denies, and denies too what it cannot judge",
  why: "A policy without a binding, or one that only warns, is believed in and does nothing.",
  fix: "Set failurePolicy Fail, bind the policy with validationActions [Deny], and parameterNotFoundAction Deny where it has a parameter.",
  appliesTo: admissionPolicies,
  requirements: ["CIS 5.2.1"],
  check: ({ onFailure, validations, takesParameter, bindings }) => [
    ...demand("spec.failurePolicy", onFailure, "Fail", (each) => each === "Fail"),
    ...(validations.length === 0 ? [objection("spec.validations", undefined, "what must hold")] : []),
    ...(bindings.length === 0 ? [objection("ValidatingAdmissionPolicyBinding", undefined, "one that denies")] : []),
    ...bindings.flatMap((each) => boundBy(each, takesParameter)),
  ],
});

const boundBy = (
  { at, actions, hasParameter, parameterMissing }: PolicyBinding,
  takes: boolean,
): readonly Objection[] => [
  ...(actions.includes("Deny") ? [] : [objection("spec.validationActions", actions, "Deny", at)]),
  ...(takes && !hasParameter ? [objection("spec.paramRef", undefined, "what the policy compares with", at)] : []),
  ...(hasParameter
    ? demand(
        "spec.paramRef.parameterNotFoundAction",
        parameterMissing ?? "nothing",
        "Deny",
        (each) => each === "Deny",
      ).map((each) => ({ ...each, at }))
    : []),
];
