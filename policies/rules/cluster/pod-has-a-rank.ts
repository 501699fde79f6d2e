import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { priorityOf } from "../../model/cluster/priorities.ts";
import { servedPods } from "../../model/cluster/services.ts";
import type { Estate } from "../../model/estate.ts";
import { known, Unknown } from "../../model/value.ts";

/** Kept for what the cluster itself cannot do without. */
const HIGHEST = 1_000_000_000;

/** When nodes are short, jobs wait and answers go on. */
export const podHasARank = rule({
  id: "K8S-027",
  slug: "pod-has-a-rank",
  severity: "low",
  title: "Every pod has a priority class, and what ends by itself is below what serves",
  why: "Without ranks a nightly dump takes the place in which, after a zone is lost, requests were to be answered.",
  fix: "Make PriorityClasses of values below 1,000,000,000 and name one in each pod; that of jobs lower, with preemptionPolicy Never.",
  appliesTo: pods,
  requirements: [],
  check: (pod, estate) => {
    const attribute = `${pod.path}.priorityClassName`;
    const name = pod.spec.text("priorityClassName");
    if (name === undefined) return [objection(attribute, undefined, "a class")];
    const priority = priorityOf(pod, estate);
    if (priority === undefined)
      return [objection(attribute, new Unknown(`PriorityClass ${name} is not shown`), "a class that is shown")];
    const value = known(priority.value);
    const ranked = value !== undefined && value < HIGHEST;
    return [
      ...(ranked ? [] : [objection("value", priority.value, `below ${HIGHEST}`, priority.at)]),
      ...(pod.runs === "once" && ranked ? belowOf(attribute, value, known(priority.preempts), estate) : []),
    ];
  },
});

function belowOf(attribute: string, value: number, preempts: string | undefined, estate: Estate): readonly Objection[] {
  const rankOf = (pod: Pod): number => known(priorityOf(pod, estate)?.value) ?? Number.POSITIVE_INFINITY;
  const above = [...servedPods(estate)].find((pod) => pod.runs === "on" && rankOf(pod) <= value);
  return [
    ...(above === undefined
      ? []
      : [objection(attribute, `${value}, not below that of ${above.owner}`, "less than what serves has")]),
    ...(preempts === "Never"
      ? []
      : [objection(attribute, "takes the place of others", "a class with preemptionPolicy Never")]),
  ];
}
