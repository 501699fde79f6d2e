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

const two = (number: number): string => String(number).padStart(2, "0");

/** systemd takes no step of a whole hour. */
const startAndStep = (start: number, step: number): string => `${two(start)}${step === HOUR ? "" : `/${step}`}`;

/** For so many hours, and each so many minutes, a copy that is missing is tried again. */
const AGAIN = { hours: 5, minutes: 20 } as const;

/**
 * When a copy that is missing is tried again, from the hour after its time on, as `OnCalendar` has it. Undefined for other
 * than daily ones: none of hosts is rarer, and those of minutes come again by themselves.
 */
export function againCalendar(schedule: Recurring): string | undefined {
  if (schedule.every !== "day") return undefined;
  const [hour = 0, minute = 0] = schedule.at.split(":").map(Number);
  const hours = Array.from({ length: AGAIN.hours }, (_, index) => two((hour + 1 + index) % 24));
  return `*-*-* ${hours.join(",")}:${startAndStep(minute % AGAIN.minutes, AGAIN.minutes)}:00 ${schedule.zone}`;
}

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
