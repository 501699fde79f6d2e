import { demand, objection, rule } from "../../engine/rule.ts";
import { alarms } from "../../model/alarms.ts";
import { isUnknown } from "../../model/value.ts";

/** What an alarm measures and when is for whoever makes it; that it is heard is for everybody. */
export const alarmTellsSomebody = rule({
  id: "GOV-014",
  slug: "alarm-tells-somebody",
  severity: "medium",
  title: "Every alarm acts, and tells somebody itself or as a part of one that does",
  why: "An alarm that goes off in silence looks like protection: backups stop, disks fill, and the console alone knows.",
  fix: "Name a topic in alarm_actions, and leave actions_enabled on.",
  appliesTo: alarms,
  requirements: [],
  check: ({ acts, tells, isPart }) => {
    if (isPart) return [];
    const unknown = tells.find((each) => isUnknown(each) && each.expression.startsWith("${var."));
    return [
      ...demand("actions_enabled", acts, "true", (on) => on),
      ...(tells.length === 0 ? [objection("alarm_actions", undefined, "a topic that somebody hears")] : []),
      ...(unknown === undefined ? [] : [objection("alarm_actions", unknown, "a topic that outputs show")]),
    ];
  },
});
