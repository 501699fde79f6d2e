import type { Estate } from "../estate.ts";
import type { AdmissionPolicy, PolicyBinding } from "./admission.ts";
import { Fields } from "./fields.ts";
import { namespaces } from "./namespaces.ts";
import { type Named, named } from "./objects.ts";
import { isEmpty, selects } from "./selector.ts";

/** An object that policies may compare with, and labels of what is made from it. */
export interface Parameter extends Named {
  readonly labels: ReadonlyMap<string, string>;
}

/** Objects of the kind that a policy compares with, as far as they are shown. */
export const parametersOf = ({ parameterKind }: AdmissionPolicy, { manifests }: Estate): readonly Parameter[] =>
  parameterKind === undefined
    ? []
    : manifests
        .filter(({ kind }) => kind === parameterKind)
        .map((manifest) => {
          const object = named(manifest);
          const made = object.spec.in("jobTemplate", "metadata").map("labels");
          return { ...object, labels: made.size > 0 ? made : new Fields(manifest.body["metadata"]).map("labels") };
        });

/** What a policy is for and leaves out all the same. */
export interface Uncovered {
  /** Objects of the kind that it compares with, which no binding compares with. */
  readonly parameters: readonly Parameter[];
  /** Of a policy on namespaces, those that no binding is for. */
  readonly namespaces: readonly string[];
}

export function uncoveredBy(policy: AdmissionPolicy, estate: Estate): Uncovered {
  const { bindings, judges } = policy;
  // Where labels choose what is compared with, nobody knows.
  const isNamed = bindings.some(({ parameter }) => parameter !== undefined);
  const isOnNamespaces = judges.some(({ resources }) => resources.includes("namespaces"));
  const all = isOnNamespaces ? estate.of(namespaces).map(({ name }) => name) : [];
  return {
    parameters: (isNamed ? parametersOf(policy, estate) : []).filter(
      (each) => !bindings.some((binding) => comparesWith(binding, each)),
    ),
    namespaces: all.filter((name) => !bindings.some((binding) => binding.isFor(name))),
  };
}

/** Whether what a policy reads is there: an object when it is made or changed, one of before when changed or deleted. */
export function findsWhatItReads(
  { validations }: AdmissionPolicy,
  { operations }: AdmissionPolicy["judges"][number],
): boolean {
  const reads = (name: string): boolean => validations.some((each) => each.reads.has(name));
  const has = (...wanted: readonly string[]): boolean => ["*", ...wanted].some((each) => operations.includes(each));
  if (operations.length === 0) return false;
  return (!reads("object") || has("CREATE", "UPDATE")) && (!reads("oldObject") || has("UPDATE", "DELETE"));
}

/** What is made from objects of a kind, and what that is made into: of one of these a policy that compares must be. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  CronJob: ["jobs", "pods"],
  Job: ["pods"],
  Deployment: ["replicasets", "pods"],
  StatefulSet: ["pods"],
  DaemonSet: ["pods"],
};

/** Whether a policy judges what is made from what it compares with; of kinds that make nothing nobody knows. */
export function judgesWhatIsMade({ parameterKind, judges }: AdmissionPolicy): boolean {
  const made = MADE[parameterKind ?? ""];
  return (
    made === undefined || judges.some(({ resources }) => resources.some((each) => each === "*" || made.includes(each)))
  );
}

/** Whether a binding compares with an object. */
export const comparesWith = ({ parameter }: PolicyBinding, { name, namespace }: Parameter): boolean =>
  parameter !== undefined && parameter.name === name && parameter.namespace === namespace;

/** Whether a binding is for what is made from an object: in its namespace, with its labels. */
export const isForMadeFrom = (binding: PolicyBinding, { namespace, labels }: Parameter): boolean =>
  binding.isFor(namespace) && (isEmpty(binding.objects) || selects(binding.objects, labels));
