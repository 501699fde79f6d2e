import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import { known, type Value } from "./value.ts";

/** An alarm of CloudWatch. */
export interface Alarm {
  readonly at: Place;
  /** Whether it acts at all. Absent: yes. */
  readonly acts: Value<boolean>;
  /** Whom it tells when it goes off. */
  readonly tells: readonly Value<string>[];
  /** Whether another alarm is made of it, and tells in its place. */
  readonly isPart: boolean;
}

/** Every alarm, of one figure and of other alarms. */
export const alarms = kind<Alarm>("alarm", ({ terraform }) => {
  const composites = terraform.ofType("aws_cloudwatch_composite_alarm");
  const conditions = composites.map(({ block }) => String(block.raw["alarm_rule"] ?? ""));
  return [...terraform.ofType("aws_cloudwatch_metric_alarm"), ...composites].map((resource) => {
    const { block, raw } = resource;
    const names = [known(block.text("alarm_name")), `${raw.type}.${raw.name}.`].filter((name) => name !== undefined);
    return {
      at: placeOfResource(resource),
      acts: block.flag("actions_enabled") ?? true,
      tells: block.texts("alarm_actions"),
      isPart: conditions.some((condition) => names.some((name) => name !== "" && condition.includes(name))),
    };
  });
});
