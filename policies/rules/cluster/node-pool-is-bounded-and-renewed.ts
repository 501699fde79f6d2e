import { demand, missing, objection, rule } from "../../engine/rule.ts";
import { nodeClasses, nodePools } from "../../model/cluster/nodes.ts";
import { isUnknown } from "../../model/value.ts";

/** Three weeks, as long as EKS Auto Mode lets a node live at all (EKS user guide, 2026-11). */
const LONGEST = 504;

/** Nodes cannot become many, and cannot become old. */
export const nodePoolIsBoundedAndRenewed = rule({
  id: "K8S-030",
  slug: "node-pool-is-bounded-and-renewed",
  severity: "medium",
  title: "Each node pool has limits, renews its nodes within three weeks, and lets them go in the end",
  why: "Without limits a loop that makes pods makes nodes too; a node that is never renewed is never patched; one pod that refuses to go keeps an old node for ever.",
  fix: "Set limits cpu and memory, expireAfter 504h or less, terminationGracePeriod, and a disruption budget that lets a node go.",
  appliesTo: nodePools,
  requirements: [],
  check: ({ limits, expires, grace, nodeClass, alwaysLets }, estate) => {
    const isShown = estate.of(nodeClasses).some(({ kind, name }) => kind === nodeClass.kind && name === nodeClass.name);
    const isOld = expires === "never" || isUnknown(expires) || expires > LONGEST;
    return [
      ...["cpu", "memory"]
        .filter((each) => !limits.has(each))
        .map((each) => objection(`spec.limits.${each}`, undefined, "a limit")),
      ...(isOld ? [objection("spec.template.spec.expireAfter", expires, `${LONGEST}h or less`)] : []),
      ...demand(
        "spec.template.spec.terminationGracePeriod",
        grace ?? "nothing: as long as a pod refuses",
        "a time",
        (each) => /\d/.test(each),
      ),
      ...(alwaysLets.some((each) => /^0%?$/.test(each))
        ? [objection("spec.disruption.budgets", "no node may ever go", "at least one, at some time")]
        : []),
      ...(isShown
        ? []
        : missing(estate, [
            objection(
              "spec.template.spec.nodeClassRef",
              `${nodeClass.kind} ${nodeClass.name}`,
              "a class that is shown",
            ),
          ])),
    ];
  },
});
