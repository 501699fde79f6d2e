import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Fields } from "../../model/cluster/fields.ts";
import { selectorOf, selects } from "../../model/cluster/selector.ts";
import { type Workload, workloads } from "../../model/cluster/workloads.ts";
import { known } from "../../model/value.ts";

const ZONE = "topology.kubernetes.io/zone";
const NODE = "kubernetes.io/hostname";

/** A zone or a node that is lost takes its share of the pods, and no more. */
export const workloadIsSpread = rule({
  id: "K8S-010",
  slug: "workload-is-spread",
  severity: "medium",
  title: "Pods of a workload are spread over zones without exception, and over nodes where that is possible",
  why: "The scheduler's own preference puts all pods into one zone when that is where room is; they are then lost together.",
  fix: `Add topologySpreadConstraints that select the pods: ${ZONE} with maxSkew 1 and DoNotSchedule, ${NODE} with maxSkew 1.`,
  appliesTo: workloads,
  requirements: ["MUN-4.8"],
  concerns: ({ most }) => most !== undefined && (known(most) ?? 2) > 1,
  check: (workload) => [
    ...spreadOver(workload, ZONE, true),
    ...spreadOver(workload, NODE, false),
    ...workload.pod.spec
      .list("tolerations")
      .filter((each) => !each.has("key") && each.raw["operator"] === "Exists")
      .map((each) =>
        objection(`${workload.pod.path}.tolerations`, each.raw, "named taints: else it stays on nodes that are going"),
      ),
  ],
});

function spreadOver(workload: Workload, key: string, always: boolean): readonly Objection[] {
  const { pod } = workload;
  const constraints = pod.spec.list("topologySpreadConstraints").filter(({ raw }) => raw["topologyKey"] === key);
  const apart = ["requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution"];
  const affinity = pod.spec.in("affinity", "podAntiAffinity");
  const terms = apart
    .slice(0, always ? 1 : 2)
    .flatMap((name) => affinity.list(name))
    .map((term) => (term.has("podAffinityTerm") ? term.in("podAffinityTerm") : term));
  const isApart = terms.some((term) => term.raw["topologyKey"] === key && areChosen(workload, term));
  if (isApart || constraints.some((each) => holds(workload, each, always))) return [];
  const got = constraints.map(
    ({ raw }) => `maxSkew ${String(raw["maxSkew"])}, ${String(raw["whenUnsatisfiable"] ?? "DoNotSchedule")}`,
  );
  const expected = `${key} with maxSkew 1${always ? " and DoNotSchedule" : ""}, of these pods`;
  return [objection(`${pod.path}.topologySpreadConstraints`, got.length === 0 ? `nothing for ${key}` : got, expected)];
}

const holds = (workload: Workload, constraint: Fields, always: boolean): boolean =>
  constraint.raw["maxSkew"] === 1 &&
  (!always || (constraint.raw["whenUnsatisfiable"] ?? "DoNotSchedule") === "DoNotSchedule") &&
  areChosen(workload, constraint);

/** Without a selector it counts no pods at all. */
const areChosen = ({ pod }: Workload, of: Fields): boolean =>
  of.has("labelSelector") && selects(selectorOf(of.in("labelSelector")), pod.labels);
