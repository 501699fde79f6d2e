import { type Objection, objection } from "../../../engine/rule.ts";
import { longestGapOf } from "../../../model/backups/aws-schedules.ts";
import type { SnapshotRule } from "../../../model/backups/snapshots.ts";
import { isUnknown, Unknown } from "../../../model/value.ts";

const HOUR = 3600;
const DAY = 86_400;
/** How far RDS is behind with changes (Amazon RDS user guide, "Restoring to a specified time", read 2026-11-23). */
const BEHIND = 300;

/**
 * Objections to a plan's rule by which more may be lost than is declared, in seconds: a snapshot follows the one before after
 * the longest gap of its schedule, and begins late. Where changes are kept as well, it is but their daily base.
 */
export function tooSeldom({ timing, keepsChanges }: SnapshotRule, most: number): readonly Objection[] {
  const { at, schedule, zone, startMinutes } = timing;
  const gap = isUnknown(schedule) ? undefined : longestGapOf(schedule);
  const expected = `every ${most} s at least, start_window included`;
  if (gap === undefined) {
    const got = isUnknown(schedule) ? schedule : new Unknown(`${schedule}, which is not understood`);
    return [objection("rule.schedule", got, expected, at)];
  }
  // In the night in which clocks are set back.
  const longest = gap + (zone === "Etc/UTC" || zone === "UTC" ? 0 : HOUR);
  const isBase = most >= BEHIND && longest <= Math.max(most, DAY + HOUR);
  if (isBase && keepsChanges === true) return [];
  if (longest > most)
    return isBase && isUnknown(keepsChanges)
      ? [objection("rule.enable_continuous_backup", keepsChanges, "true, for less than a day may be lost", at)]
      : [objection("rule.schedule", `${schedule}: every ${longest} s`, expected, at)];
  if (!isUnknown(startMinutes) && longest + startMinutes * 60 <= most) return [];
  return [objection("rule.start_window", startMinutes, `<= ${Math.floor((most - longest) / 60)} minutes`, at)];
}
