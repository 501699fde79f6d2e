import { demand, missing, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Budget } from "../../model/cluster/budgets.ts";
import { countOf } from "../../model/cluster/fields.ts";
import { type Workload, workloads } from "../../model/cluster/workloads.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown, known } from "../../model/value.ts";

/** Nodes come and go each week: each may take some of the pods with it, never all, and is never kept from going. */
export const workloadSurvivesANode = rule({
  id: "K8S-009",
  slug: "workload-survives-a-node",
  severity: "high",
  title: "What serves has two pods or more, and of several pods one may be missing but not all",
  why: "With one pod every new node is an outage; with a budget of nothing nodes are never renewed; with none, all pods may be evicted at once.",
  fix: "Set replicas (or minReplicas) to 2 or more and make one PodDisruptionBudget for the pods, maxUnavailable 1, unhealthyPodEvictionPolicy AlwaysAllow.",
  appliesTo: workloads,
  requirements: ["MUN-4.8"],
  concerns: ({ least }) => least !== undefined,
  check: (workload, estate) => [
    ...(workload.serves ? demand(sizeOf(workload), workload.least ?? 1, "2 or more", (each) => each >= 2) : []),
    ...budgetsOf(workload, estate),
  ],
});

const sizeOf = ({ autoscaler }: Workload): string => (autoscaler === undefined ? "spec.replicas" : "minReplicas");

function budgetsOf({ least, budgets }: Workload, estate: Estate): readonly Objection[] {
  const count = known(least) ?? 2;
  if (count > 1 && budgets.length !== 1) {
    const got = budgets.length === 0 ? undefined : budgets.map(({ name }) => name).join(", ");
    const wrong = [objection("PodDisruptionBudget", got, "exactly one: of several, none can be evicted")];
    return got === undefined ? missing(estate, wrong) : wrong;
  }
  return budgets.flatMap((each) => budgetOf(each, count));
}

function budgetOf({ at, minAvailable, maxUnavailable, unhealthy }: Budget, count: number): readonly Objection[] {
  const given = maxUnavailable ?? minAvailable;
  const attribute = maxUnavailable === undefined ? "spec.minAvailable" : "spec.maxUnavailable";
  const expected =
    count === 1 ? "one pod that may be missing" : `between 1 and ${count - 1} of ${count} pods that may be missing`;
  if (given === undefined || isUnknown(given)) return [objection(attribute, given, expected, at)];
  const missing = maxUnavailable === undefined ? count - countOf(given, count) : countOf(given, count);
  const isSome = missing >= 1 && (count === 1 || missing < count);
  return [
    ...(isSome ? [] : [objection(attribute, `${Math.max(0, missing)} of ${count} may be missing`, expected, at)]),
    ...demand(
      "spec.unhealthyPodEvictionPolicy",
      unhealthy,
      "AlwaysAllow, or pods that are broken keep their node",
      (each) => each === "AlwaysAllow",
    ).map((each) => ({ ...each, at })),
  ];
}
