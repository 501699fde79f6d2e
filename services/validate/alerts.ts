import { interval } from "../resolve/backups.ts";
import type { Condition } from "../schema/alert.ts";
import type { Service } from "../schema/service.ts";
import { isHosted } from "../schema/store.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { byAlert } from "./label.ts";
import { show, showTime } from "./show.ts";

/** Thresholds that can be crossed and fit the schedule, objectives that can be missed, late updates that somebody is told of. */

const TIMES = /-(p95|lag|offset|age|remaining)$/;
/** Longest time without all updates until somebody is told (NOD-5.6). */
const PATCHED = 30 * 86_400;
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

/** The age of a last success is judged by the schedule: one on time is not late, and the third that is missing is told of. */
function timely(path: string, { on, signal, threshold }: Condition): readonly Fault[] {
  if ((on.kind !== "job" && on.kind !== "backup") || (signal !== "backup-age" && signal !== "cycle-age")) return [];
  const { schedule, limit } = on;
  if (schedule.every === "release" || schedule.every === "demand") return [];
  const [least, most] = [interval(schedule) + limit, 3 * interval(schedule)];
  return unless(
    threshold >= least && threshold <= most,
    `${path}/threshold`,
    `must be at least ${showTime(least)}, its interval and its limit, and at most ${showTime(most)}, three intervals`,
    showTime(threshold),
  );
}

/** Somebody is told of every component and store on hosts when one of them is late with its updates. */
function patched(service: Service): readonly Fault[] {
  const listed = [
    ...service.components.filter(({ kind }) => kind === "hosts").map((group) => ["components", group] as const),
    ...service.stores.filter(isHosted).map((group) => ["stores", group] as const),
  ];
  return listed.flatMap(([list, group]) => {
    const ages = service.alerts
      .filter(({ condition: { on, is, signal } }) => on === group && is === "above" && signal === "patch-age")
      .map(({ condition }) => condition.threshold);
    const first = Math.min(...ages);
    return unless(
      first <= PATCHED,
      `${service.name}/${list}/${group.name}`,
      "must have an alert on a patch-age above 30 days or less: it stands on hosts (NOD-5.6)",
      ages.length === 0 ? "none" : showTime(first),
    );
  });
}

export const alerts: Check = ({ services }) =>
  services.flatMap((service) => [
    ...service.alerts.flatMap((alert) => {
      const path = `${service.name}/alerts/${byAlert(alert) ?? alert.name}/condition`;
      return [...crossed(path, alert.condition), ...timely(path, alert.condition)];
    }),
    ...patched(service),
    ...service.objectives.flatMap(({ name, target }) =>
      unless(
        target < 1,
        `${service.name}/objectives/${name}/target`,
        "must be below 1: nothing is always good",
        show(target),
      ),
    ),
  ]);
