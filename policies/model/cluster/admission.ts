import { type Estate, kind } from "../estate.ts";
import { isUnknown, type Value } from "../value.ts";
import { type Outcome, outcomeOf, readsOf, type Variables } from "./cel/constant.ts";
import type { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";
import { isEmpty, type Selector, selectorOf, selects } from "./selector.ts";

const GROUP = "admissionregistration.k8s.io";

/** A binding of an admission policy. */
export interface PolicyBinding extends Named {
  readonly policy: string;
  readonly actions: readonly string[];
  readonly parameterMissing: Value<string> | undefined;
  readonly hasParameter: boolean;
  /** The namespace and name of the object that it compares with; nothing where labels choose it. */
  readonly parameter: { readonly name: string; readonly namespace: string } | undefined;
  /** Of what it judges, only objects with these labels, which whoever makes them chooses. */
  readonly objects: Selector;
  /** Resources that it narrows its policy to, or takes out. */
  readonly narrowed: boolean;
  /** Whether it is for a namespace; of those that select by other labels nobody knows. */
  readonly isFor: (namespace: string) => boolean;
}

/** An expression of a policy. */
export interface Judgement {
  /** `validations[0].expression`. */
  readonly path: string;
  readonly text: string;
  readonly outcome: Outcome;
  /** What of a request it reads: `object`, `oldObject`, `params`. */
  readonly reads: ReadonlySet<string>;
}

/** A ValidatingAdmissionPolicy and where it is bound. */
export interface AdmissionPolicy extends Named {
  readonly onFailure: Value<string>;
  readonly takesParameter: boolean;
  /** The kind of object that it compares with: `CronJob`. */
  readonly parameterKind: string | undefined;
  readonly judges: readonly Judged[];
  /** Whether some of what it judges is taken out again. */
  readonly excludes: boolean;
  /** Whether another version of the same resource goes past it. */
  readonly exact: boolean;
  readonly objects: Selector;
  readonly validations: readonly Judgement[];
  readonly conditions: readonly Judgement[];
  readonly bindings: readonly PolicyBinding[];
}

interface Judged {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly operations: readonly string[];
  /** Objects by their names alone. */
  readonly names: readonly string[];
}

export const admissionPolicies = kind<AdmissionPolicy>("ValidatingAdmissionPolicy", (estate) => {
  const bound = Map.groupBy(estate.of(policyBindings), ({ policy }) => policy);
  return objectsOf(estate, "ValidatingAdmissionPolicy", GROUP).map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const constraints = spec.in("matchConstraints");
    const variables = new Map(
      spec.list("variables").map(({ raw }) => [String(raw["name"]), String(raw["expression"])]),
    );
    const parameter = spec.in("paramKind").raw["kind"];
    return {
      ...object,
      onFailure: spec.text("failurePolicy") ?? "Fail",
      takesParameter: spec.has("paramKind"),
      parameterKind: parameter === undefined ? undefined : String(parameter),
      judges: constraints.list("resourceRules").map((rule) => ({
        groups: rule.texts("apiGroups"),
        resources: rule.texts("resources"),
        operations: rule.texts("operations"),
        names: rule.texts("resourceNames"),
      })),
      excludes: constraints.list("excludeResourceRules").length > 0,
      exact: constraints.raw["matchPolicy"] === "Exact",
      objects: selectorOf(constraints.in("objectSelector")),
      validations: judgementsOf(estate, spec, "validations", variables),
      conditions: judgementsOf(estate, spec, "matchConditions", variables),
      bindings: bound.get(object.name) ?? [],
    };
  });
});

/** What a request says; all else in an expression is written down in it. */
const OF_A_REQUEST = ["object", "oldObject", "request", "params", "namespaceObject", "authorizer"];

const JUDGED = {};

/** Environments have their policies in common: the same expressions are read once. */
function judgementsOf(estate: Estate, spec: Fields, list: string, variables: Variables): readonly Judgement[] {
  const expressions = spec.list(list).map(({ raw }) => String(raw["expression"] ?? ""));
  const all = JSON.stringify([list, expressions, [...variables]]);
  return estate.memory.ofText(JUDGED, all, () => readJudgements(list, expressions, variables));
}

const readJudgements = (list: string, expressions: readonly string[], variables: Variables): readonly Judgement[] =>
  expressions.map((text, index) => {
    const reads = new Set([...readsOf(text, variables)].filter((each) => OF_A_REQUEST.includes(each)));
    const outcome = outcomeOf(text, variables);
    return {
      ...{ path: `spec.${list}[${index}].expression`, text, reads },
      outcome: outcome === "varies" && reads.size === 0 ? "constant" : outcome,
    };
  });

export const policyBindings = kind<PolicyBinding>("ValidatingAdmissionPolicyBinding", (estate) =>
  objectsOf(estate, "ValidatingAdmissionPolicyBinding", GROUP).map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const resources = spec.in("matchResources");
    const selector = selectorOf(resources.in("namespaceSelector"));
    const { name, namespace } = spec.in("paramRef").raw;
    return {
      ...object,
      policy: String(spec.raw["policyName"]),
      actions: spec.texts("validationActions"),
      parameterMissing: spec.in("paramRef").text("parameterNotFoundAction"),
      hasParameter: spec.has("paramRef"),
      parameter: typeof name === "string" && typeof namespace === "string" ? { name, namespace } : undefined,
      objects: selectorOf(resources.in("objectSelector")),
      narrowed: resources.has("resourceRules") || resources.has("excludeResourceRules"),
      isFor: (of: string) => isEmpty(selector) || selects(selector, new Map([["kubernetes.io/metadata.name", of]])),
    };
  }),
);

/** Whether an expression may refuse anything at all. */
export const mayRefuse = ({ outcome }: Judgement): boolean => outcome === "varies" || outcome === false;

/** Whether a policy denies what it judges wrong, and whatever it cannot judge, whatever labels an object has. */
export const denies = (policy: AdmissionPolicy, binding: PolicyBinding): boolean =>
  !isUnknown(policy.onFailure) &&
  policy.onFailure === "Fail" &&
  policy.validations.some(mayRefuse) &&
  policy.conditions.every(({ outcome }) => outcome === "varies" || outcome === true) &&
  !policy.excludes &&
  !policy.exact &&
  !binding.narrowed &&
  isEmpty(policy.objects) &&
  isEmpty(binding.objects) &&
  binding.actions.includes("Deny");

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
        ({ resources, operations, names }) =>
          names.length === 0 &&
          (resources.includes(resource) || resources.includes("*")) &&
          (operations.includes(operation) || operations.includes("*")),
      ),
    )
    .filter((policy) =>
      policy.bindings.some((each) => denies(policy, each) && (namespace === undefined || each.isFor(namespace))),
    );
