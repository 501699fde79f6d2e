import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { countOf, type Fields } from "../../model/cluster/fields.ts";
import { type Workload, workloads } from "../../model/cluster/workloads.ts";
import { isUnknown, known } from "../../model/value.ts";

/** Where a kind says how its pods are replaced. */
const STRATEGY: Readonly<Record<string, string>> = {
  Deployment: "strategy",
  StatefulSet: "updateStrategy",
  DaemonSet: "updateStrategy",
};

/** Seconds that each pod is watched before the next is replaced. */
const LONGEST_WAIT = 600;

/** A release takes nothing away before something new has taken its place. */
export const workloadRollsWithoutLoss = rule({
  id: "K8S-011",
  slug: "workload-rolls-without-loss",
  severity: "medium",
  title: "Releases replace pods one by one: of what serves none is missing meanwhile",
  why: "Recreate, or many pods missing at once, makes each release an outage; OnDelete leaves old pods running nobody knows how long.",
  fix: "Use RollingUpdate; for what serves maxUnavailable 0 with a maxSurge, and minReadySeconds; keep a few old revisions to go back to.",
  appliesTo: workloads,
  requirements: ["NOD-4.14"],
  concerns: ({ kind }) => STRATEGY[kind] !== undefined,
  check: (workload) => [
    ...strategyOf(workload),
    ...endlessOf(workload),
    ...(workload.kind === "Deployment" ? keepsOf(workload) : []),
  ],
});

function strategyOf(workload: Workload): readonly Objection[] {
  const { kind, spec, serves, most } = workload;
  const name = STRATEGY[kind] ?? "strategy";
  const type = spec.in(name).text("type") ?? "RollingUpdate";
  const isOnly = !serves && kind === "Deployment" && known(most) === 1;
  if (isOnly && type === "Recreate") return [];
  if (isUnknown(type) || type !== "RollingUpdate") return [objection(`spec.${name}.type`, type, "RollingUpdate")];
  return missingOf(workload, spec.in(name, "rollingUpdate"), `spec.${name}.rollingUpdate`);
}

function missingOf({ kind, serves }: Workload, rolling: Fields, at: string): readonly Objection[] {
  const isDeployment = kind === "Deployment";
  const missing = rolling.share("maxUnavailable") ?? (isDeployment ? { percent: 25 } : { count: 1 });
  const allowed = isDeployment && serves ? 0 : 50;
  const isFew = !isUnknown(missing) && countOf(missing, 100) <= allowed;
  const got = isUnknown(missing) ? missing : (rolling.raw["maxUnavailable"] ?? "25%, as nothing is said");
  return [
    ...(isFew ? [] : [objection(`${at}.maxUnavailable`, got, allowed === 0 ? "0" : "half or less")]),
    ...demand(`${at}.partition`, rolling.number("partition") ?? 0, "0: all pods", (each) => each === 0),
  ];
}

/** What serves has no last hour. */
const endlessOf = ({ spec }: Workload): readonly Objection[] =>
  spec.in("template", "spec").has("activeDeadlineSeconds")
    ? [
        objection(
          "spec.template.spec.activeDeadlineSeconds",
          spec.in("template", "spec").raw["activeDeadlineSeconds"],
          "none",
        ),
      ]
    : [];

const keepsOf = ({ spec, serves }: Workload): readonly Objection[] => [
  ...demand("spec.paused", spec.flag("paused") ?? false, "false: releases arrive", (each) => !each),
  ...demand(
    "spec.revisionHistoryLimit",
    spec.number("revisionHistoryLimit") ?? 10,
    "1 to 10: what to go back to",
    (each) => each >= 1 && each <= 10,
  ),
  ...(serves
    ? demand(
        "spec.minReadySeconds",
        spec.number("minReadySeconds") ?? 0,
        `1 to ${LONGEST_WAIT}: a pod that dies at once stops the release, and nobody waits for hours`,
        (each) => each > 0 && each <= LONGEST_WAIT,
      )
    : []),
];
