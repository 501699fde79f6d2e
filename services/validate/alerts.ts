import type { Condition } from "../schema/alert.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { byAlert } from "./label.ts";
import { show } from "./show.ts";

/** Thresholds that can be crossed, objectives that can be missed. */

const TIMES = /-(p95|lag|offset|age|remaining)$/;
const SHARES = ["error-ratio", "disk-free", "memory-used", "cpu-used"];

function unitOf(signal: string): Condition["unit"] {
  if (TIMES.test(signal)) return "seconds";
  return SHARES.includes(signal) ? "ratio" : "count";
}

function crossed(path: string, { signal, unit, threshold, is }: Condition): readonly Fault[] {
  return [
    ...unless(unit === unitOf(signal), `${path}/unit`, `must be ${show(unitOf(signal))} for ${signal}`, show(unit)),
    ...unless(
      unit !== "ratio" || threshold < 1 || is === "below",
      `${path}/threshold`,
      "must be below 1: a share is never above it",
      show(threshold),
    ),
    ...unless(
      is === "above" || threshold > 0,
      `${path}/threshold`,
      "must be above 0: nothing is below it",
      show(threshold),
    ),
  ];
}

export const alerts: Check = ({ services }) =>
  services.flatMap((service) => [
    ...service.alerts.flatMap((alert) =>
      crossed(`${service.name}/alerts/${byAlert(alert) ?? alert.name}/condition`, alert.condition),
    ),
    ...service.objectives.flatMap(({ name, target }) =>
      unless(
        target < 1,
        `${service.name}/objectives/${name}/target`,
        "must be below 1: nothing is always good",
        show(target),
      ),
    ),
  ]);
