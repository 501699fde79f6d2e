import type { Recurring, Weekday } from "../../services/schema/schedule.ts";

/** Days of the week by number. */
const WEEKDAYS: Readonly<Record<Weekday, number>> = {
  sunday: 0,
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
};
const HOUR = 60;
const DAY = 1_440;

/** `02:30` as cron has it: minute, then hour. */
function timeOf(path: string, at: string): string {
  const [hour, minute] = at.split(":").map(Number);
  if (hour === undefined || minute === undefined || !(hour < 24) || !(minute < HOUR)) {
    throw new Error(`${path}/at: must be a time of day, "02:30"; got "${at}"`);
  }
  return `${minute} ${hour}`;
}

/** Every so many minutes: minutes that divide an hour, or hours that divide a day; cron knows no others. */
function everyMinutes(path: string, count: number): string {
  if (count > 0 && count < HOUR && HOUR % count === 0) return `*/${count} * * * *`;
  if (count === HOUR) return "0 * * * *";
  if (count === DAY) return "0 0 * * *";
  if (count > 0 && count % HOUR === 0 && DAY % count === 0) return `0 */${count / HOUR} * * *`;
  throw new Error(`${path}/count: must divide an hour, or be hours that divide a day; got ${count}`);
}

/** A schedule as a CronJob has it: wall-clock times of its zone. `path` is where it stands in the catalogue. */
export function cronOf(path: string, schedule: Recurring): { readonly cron: string; readonly timeZone: string } {
  switch (schedule.every) {
    case "minutes":
      return { cron: everyMinutes(path, schedule.count), timeZone: "UTC" };
    case "day":
      return { cron: `${timeOf(path, schedule.at)} * * *`, timeZone: schedule.zone };
    case "week":
      return {
        cron: `${timeOf(path, schedule.at)} * * ${WEEKDAYS[schedule.on]}`,
        timeZone: schedule.zone,
      };
    case "quarter":
      return { cron: `${timeOf(path, schedule.at)} 1 1,4,7,10 *`, timeZone: schedule.zone };
  }
}
