import { missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { type AdmissionPolicy, admissionPolicies, type PolicyBinding } from "../../model/cluster/admission.ts";
import {
  comparesWith,
  findsWhatItReads,
  isForMadeFrom,
  judgesWhatIsMade,
  parametersOf,
  uncoveredBy,
} from "../../model/cluster/admission-parameters.ts";
import { namespaces } from "../../model/cluster/namespaces.ts";
import { isEmpty, selectorShown } from "../../model/cluster/selector.ts";
import type { Estate } from "../../model/estate.ts";

/** Whoever makes an object chooses its labels and its name, and must not choose by them who judges it. */
export const admissionPolicyJudgesAll = rule({
  id: "K8S-036",
  slug: "admission-policy-judges-all",
  severity: "high",
  title: "No admission policy is narrowed to less than it is for: by labels, names, exceptions or operations",
  why: "An object with one label more, of another version, or changed instead of made goes past the policy that everybody believes in.",
  fix: "resourceRules with CREATE and UPDATE of what it reads; no objectSelector, resourceNames, excludeResourceRules or matchPolicy Exact; a binding for each object that it compares with.",
  appliesTo: admissionPolicies,
  requirements: [],
  check: (policy, estate) => [
    ...resourcesOf(policy),
    ...(policy.excludes ? [objection("spec.matchConstraints.excludeResourceRules", "some", "none")] : []),
    ...(policy.exact ? [objection("spec.matchConstraints.matchPolicy", "Exact", "Equivalent")] : []),
    ...(isEmpty(policy.objects)
      ? []
      : [objection("spec.matchConstraints.objectSelector", selectorShown(policy.objects), "objects of all labels")]),
    ...policy.bindings.flatMap((binding) => boundOf(policy, binding, estate)),
    ...coveredOf(policy, estate),
  ],
});

function resourcesOf(policy: AdmissionPolicy): readonly Objection[] {
  const all = "spec.matchConstraints.resourceRules";
  if (policy.judges.length === 0) return [objection(all, undefined, "what it judges")];
  return policy.judges.flatMap((rule, index) => {
    const { resources, operations, names } = rule;
    const at = `${all}[${index}]`;
    return [
      ...(resources.length === 0 ? [objection(`${at}.resources`, undefined, "what it judges")] : []),
      ...(findsWhatItReads(policy, rule)
        ? []
        : [objection(`${at}.operations`, operations, "CREATE or UPDATE of the object that it reads")]),
      ...(names.length === 0 ? [] : [objection(`${at}.resourceNames`, names, "objects of all names")]),
    ];
  });
}

function boundOf(policy: AdmissionPolicy, binding: PolicyBinding, estate: Estate): readonly Objection[] {
  const { at, narrowed, objects } = binding;
  const known = estate.of(namespaces).map(({ name }) => name);
  const own = parametersOf(policy, estate).find((each) => comparesWith(binding, each));
  const labels = [objection("spec.matchResources.objectSelector", selectorShown(objects), "objects of all labels", at)];
  // Labels of what is made from an object that is not shown may be just these.
  const narrower = binding.parameter !== undefined && own === undefined ? missing(estate, labels) : labels;
  return [
    ...(narrowed ? [objection("spec.matchResources", "resources of its own", "those of its policy", at)] : []),
    ...(isEmpty(objects) || (own !== undefined && isForMadeFrom(binding, own)) ? [] : narrower),
    ...(known.length === 0 || known.some(binding.isFor)
      ? []
      : missing(estate, [
          objection("spec.matchResources.namespaceSelector", "none of the namespaces", "a namespace", at),
        ])),
  ];
}

/** Each object that it compares with is what some binding compares with; a policy on namespaces is for all. */
function coveredOf(policy: AdmissionPolicy, estate: Estate): readonly Objection[] {
  const { parameters, namespaces: spared } = uncoveredBy(policy, estate);
  const resources = policy.judges.flatMap((each) => each.resources);
  return [
    ...(judgesWhatIsMade(policy)
      ? []
      : [objection("spec.matchConstraints.resourceRules", resources, "what is made from what it compares with")]),
    ...missing(estate, [
      ...parameters.map(({ at }) =>
        objection("spec.paramKind", `no binding compares with ${at.resource}`, "a binding for each"),
      ),
      ...spared.map((name) => objection("bindings", `none for ${name}`, "all namespaces")),
    ]),
  ];
}
