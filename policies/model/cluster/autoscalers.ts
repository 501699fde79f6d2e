import { kind } from "../estate.ts";
import type { Value } from "../value.ts";
import type { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";

/** A HorizontalPodAutoscaler. */
export interface Autoscaler extends Named {
  /** `Deployment/api`. */
  readonly target: string;
  readonly minimum: Value<number>;
  readonly maximum: Value<number> | undefined;
  readonly metrics: readonly Metric[];
}

export interface Metric {
  /** `cpu`, `memory`, or the name of another metric. */
  readonly name: string;
  /** Percent of the request; nothing where the goal is an amount. */
  readonly utilization: Value<number> | undefined;
  /** The one container that it looks at; absent: all of the pod. */
  readonly container: string | undefined;
  readonly fields: Fields;
}

export const autoscalers = kind<Autoscaler>("HorizontalPodAutoscaler", (estate) =>
  objectsOf(estate, "HorizontalPodAutoscaler", "autoscaling").map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const target = spec.in("scaleTargetRef");
    // Version 1 knows one metric only.
    const first = spec.number("targetCPUUtilizationPercentage");
    const cpu = first === undefined ? [] : [{ name: "cpu", utilization: first, container: undefined, fields: spec }];
    return {
      ...object,
      target: `${String(target.raw["kind"])}/${String(target.raw["name"])}`,
      minimum: spec.number("minReplicas") ?? 1,
      maximum: spec.number("maxReplicas"),
      metrics: [...cpu, ...spec.list("metrics").map(metricOf)],
    };
  }),
);

function metricOf(fields: Fields): Metric {
  const type = String(fields.raw["type"] ?? "");
  const body = fields.in(`${type.slice(0, 1).toLowerCase()}${type.slice(1)}`);
  return {
    name: String(body.raw["name"] ?? body.in("metric").raw["name"] ?? type),
    // v2beta1 had it beside the name.
    utilization: body.in("target").number("averageUtilization") ?? body.number("targetAverageUtilization"),
    container: typeof body.raw["container"] === "string" ? body.raw["container"] : undefined,
    fields: body,
  };
}
