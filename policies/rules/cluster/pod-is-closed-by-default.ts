import { missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { type Direction, networkPolicies, policiesOf } from "../../model/cluster/network-policies.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { isEmpty } from "../../model/cluster/selector.ts";
import type { Estate } from "../../model/estate.ts";

const DIRECTIONS: readonly Direction[] = ["ingress", "egress"];

/** Nothing reaches a pod, and a pod reaches nothing, unless a policy of its own says so. */
export const podIsClosedByDefault = rule({
  id: "K8S-019",
  slug: "pod-is-closed-by-default",
  severity: "critical",
  title: "Every pod is denied all traffic by its namespace, both ways, and opened by a policy of its own",
  why: "A pod that no policy selects speaks with every pod, every database and everything that its node can reach.",
  fix: "Add to the namespace a NetworkPolicy with podSelector {}, both policyTypes and no rules, and one that selects the component by its labels, with both policyTypes.",
  appliesTo: pods,
  requirements: ["CIS 5.3.2"],
  check: (pod, estate) => {
    const attribute = `${pod.path} NetworkPolicy`;
    if (pod.spec.raw["hostNetwork"] === true)
      return [objection(attribute, "hostNetwork, which no policy holds", "a network of its own")];
    const policies = policiesOf(pod, estate);
    const open = DIRECTIONS.filter((direction) => !policies.some(({ closes }) => closes.includes(direction)));
    return missing(estate, [
      ...open.map((direction) => objection(attribute, `${direction} is open`, `a policy that closes ${direction}`)),
      ...(open.length === 0 && !policies.some(({ deniesAll }) => deniesAll)
        ? [
            objection(
              attribute,
              `nothing for all pods of ${pod.namespace}`,
              "one that denies all, for the pod whose labels change too",
            ),
          ]
        : []),
      ...ownOf(pod, estate, attribute),
    ]);
  },
});

/** A policy that names it, not a policy for everybody. */
function ownOf(pod: Pod, estate: Estate, attribute: string): readonly Objection[] {
  const own = policiesOf(pod, estate).filter(({ selector }) => !isEmpty(selector));
  if (own.length > 0) return [];
  const all = estate.of(networkPolicies).filter(({ namespace }) => namespace === pod.namespace);
  return [objection(attribute, `none of ${all.length} selects it by its labels`, "a policy of its own")];
}
