import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { lookUp, makersOf, type Reference, referencesOf } from "../../model/contract/references.ts";
import type { Estate } from "../../model/estate.ts";
import { Unknown } from "../../model/value.ts";

/** A pod starts with what its release brings. */
export const podFindsWhatItNames = rule({
  id: "ONE-003",
  slug: "pod-finds-what-it-names",
  severity: "medium",
  title: "Every ConfigMap, Secret, account, class and pool that a pod names is made by the same outputs",
  why: "One name that differs leaves new pods waiting for ever, at the next release or, worse, at the next node in the night.",
  fix: "Make the object, or name it as it is called; let a pod that reads a synced Secret mount the SecretProviderClass that makes it.",
  appliesTo: pods,
  requirements: ["NOD-2.4", "MUN-2.1"],
  check: (pod, estate) => {
    const references = referencesOf(pod);
    const mounted = references.filter(({ kind }) => kind === "SecretProviderClass").map(({ name }) => name);
    return references.flatMap((each) => [
      ...foundOf(each, pod, estate),
      ...(each.kind === "Secret" ? madeOf(each, makersOf(each.name, pod, estate), mounted) : []),
    ]);
  },
});

function foundOf(reference: Reference, pod: Pod, estate: Estate): readonly Objection[] {
  const { attribute, kind, name, key } = reference;
  const found = lookUp(reference, pod, estate);
  if (found === "absent")
    return [objection(attribute, new Unknown(`${kind} ${name} is not shown`), `a ${kind} of the outputs`)];
  return found === "without" ? [objection(attribute, `${kind} ${name} without ${key}`, "an entry that is there")] : [];
}

/** A synced Secret is there while somebody mounts what makes it. */
const madeOf = (
  { attribute, name }: Reference,
  makers: readonly string[],
  mounted: readonly string[],
): readonly Objection[] =>
  makers.length === 0 || makers.some((each) => mounted.includes(each))
    ? []
    : [objection(attribute, `${name}, made when somebody mounts ${makers.join(", ")}`, "a pod that mounts it itself")];
