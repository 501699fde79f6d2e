import type { Recurring, Weekday } from "../../services/schema/schedule.ts";

const DAYS: Readonly<Record<Weekday, string>> = {
  sunday: "Sun",
  monday: "Mon",
  tuesday: "Tue",
  wednesday: "Wed",
  thursday: "Thu",
  friday: "Fri",
  saturday: "Sat",
};
const HOUR = 60;

/** systemd takes no step of a whole hour. */
const startAndStep = (start: number, step: number): string =>
  `${String(start).padStart(2, "0")}${step === HOUR ? "" : `/${step}`}`;

/**
 * A schedule as systemd's `OnCalendar` has it. `shift` moves one of every so many minutes, so that hosts take turns.
 * Throws for minutes that do not divide an hour: systemd would begin anew at each.
 */
export function onCalendar(path: string, schedule: Recurring, shift = 0): string {
  switch (schedule.every) {
    case "day":
      return `*-*-* ${schedule.at}:00 ${schedule.zone}`;
    case "week":
      return `${DAYS[schedule.on]} *-*-* ${schedule.at}:00 ${schedule.zone}`;
    case "quarter":
      return `*-01,04,07,10-01 ${schedule.at}:00 ${schedule.zone}`;
    case "minutes":
      if (HOUR % schedule.count !== 0) {
        throw new Error(`${path}/schedule: must be minutes that divide an hour, got ${schedule.count}`);
      }
      return `*-*-* *:${startAndStep(shift % schedule.count, schedule.count)}:00 UTC`;
  }
}
