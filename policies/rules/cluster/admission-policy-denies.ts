import { demand, missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { admissionPolicies, type Judgement, mayRefuse, type PolicyBinding } from "../../model/cluster/admission.ts";
import { Unknown } from "../../model/value.ts";

/** A policy that is written is one that holds. */
export const admissionPolicyDenies = rule({
  id: "K8S-026",
  slug: "admission-policy-denies",
  severity: "high",
  title: "Every admission policy is bound, refuses something, denies, and denies too what it cannot judge",
  why: "A policy without a binding, one that only warns, or one whose expression is always true is believed in and does nothing.",
  fix: "Set failurePolicy Fail, expressions that read the request, bind the policy with validationActions [Deny], and parameterNotFoundAction Deny where it has a parameter.",
  appliesTo: admissionPolicies,
  requirements: ["CIS 5.2.1"],
  check: ({ onFailure, validations, conditions, takesParameter, bindings }, estate) => [
    ...demand("spec.failurePolicy", onFailure, "Fail", (each) => each === "Fail"),
    ...(validations.length === 0 ? [objection("spec.validations", undefined, "what must hold")] : []),
    ...validations.flatMap(refuses),
    ...conditions.flatMap(applies),
    ...(bindings.length === 0
      ? missing(estate, [objection("ValidatingAdmissionPolicyBinding", undefined, "one that denies")])
      : []),
    ...bindings.flatMap((each) => boundBy(each, takesParameter)),
  ],
});

/** What holds of every request holds nothing back. */
function refuses(judgement: Judgement): readonly Objection[] {
  const { path, text, outcome } = judgement;
  if (outcome === "unreadable") return [objection(path, new Unknown(text), "CEL that can be read")];
  return mayRefuse(judgement) ? [] : [objection(path, `${text}: true of every request`, "what some request fails")];
}

/** A condition that is never met turns its policy off. */
function applies({ path, text, outcome }: Judgement): readonly Objection[] {
  if (outcome === "unreadable") return [objection(path, new Unknown(text), "CEL that can be read")];
  return outcome === "varies" || outcome === true
    ? []
    : [objection(path, `${text}: the same of every request`, "what some request meets")];
}

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
