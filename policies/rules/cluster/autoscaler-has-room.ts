import { demand, missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { type Autoscaler, autoscalers, type Metric } from "../../model/cluster/autoscalers.ts";
import type { Container } from "../../model/cluster/container.ts";
import { workloads } from "../../model/cluster/workloads.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown, known } from "../../model/value.ts";

const RESOURCES = ["cpu", "memory"];

/** It has something to scale, something to scale by, and room to. */
export const autoscalerHasRoom = rule({
  id: "K8S-012",
  slug: "autoscaler-has-room",
  severity: "medium",
  title: "Each autoscaler scales one workload between two bounds, by what that workload asks for",
  why: "An autoscaler of something else does nothing, and nobody is told; a workload that also sets replicas is thrown back to them by each release, under load.",
  fix: "Point scaleTargetRef at the workload, leave its replicas out, set maxReplicas above minReplicas and metrics on resources that the containers request.",
  appliesTo: autoscalers,
  requirements: [],
  check: (autoscaler, estate) => [
    ...demand<number | string>(
      "spec.maxReplicas",
      autoscaler.maximum ?? "nothing",
      "more than minReplicas",
      (most) => typeof most === "number" && most > (known(autoscaler.minimum) ?? 0),
    ),
    ...(autoscaler.metrics.length === 0 ? [objection("spec.metrics", undefined, "something to scale by")] : []),
    ...targetOf(autoscaler, estate),
  ],
});

function targetOf(autoscaler: Autoscaler, estate: Estate): readonly Objection[] {
  const { target, namespace, name } = autoscaler;
  const workload = estate
    .of(workloads)
    .find((each) => each.namespace === namespace && `${each.kind}/${each.name}` === target);
  if (workload === undefined)
    return missing(estate, [objection("spec.scaleTargetRef", target, "a workload that is there")]);
  const isOther = workload.autoscaler?.name !== name;
  return [
    ...(isOther
      ? [objection("spec.scaleTargetRef", `${target}, as ${workload.autoscaler?.name} too`, "a workload of its own")]
      : []),
    ...(workload.spec.has("replicas")
      ? [objection("spec.replicas", workload.spec.raw["replicas"], "nothing beside an autoscaler", workload.at)]
      : []),
    ...autoscaler.metrics.flatMap((metric) => measuredOf(metric, workload.pod.containers)),
  ];
}

function measuredOf(metric: Metric, all: readonly Container[]): readonly Objection[] {
  if (!RESOURCES.includes(metric.name)) return [];
  const attribute = `spec.metrics[${metric.name}]`;
  const { utilization, container } = metric;
  const containers = all.filter(
    ({ role, name }) => role !== "ephemeral" && role !== "init" && (container ?? name) === name,
  );
  if (containers.length === 0) return [objection(attribute, `container ${container}`, "a container of the workload")];
  if (utilization === undefined) return [];
  const isAsked = containers.every(
    ({ requests }) => (metric.name === "cpu" ? requests.cpu : requests.memory) !== undefined,
  );
  return [
    ...(isAsked ? [] : [objection(attribute, `a share of a request that is not there`, "a request in each container")]),
    ...(isUnknown(utilization) || utilization < 1 || utilization > 90
      ? [objection(`${attribute}.averageUtilization`, utilization, "90 or less: new pods take a while")]
      : []),
  ];
}
