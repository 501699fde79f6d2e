import type { Recurring, Schedule } from "../schema/schedule.ts";
import { showTime } from "./show.ts";

/** When things run, in minutes of UTC, whatever the season. */

const DAY = 1_440;
const WEEK = 7 * DAY;
const QUARTER = 92 * DAY;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** True for a name of the IANA time zone database; offsets such as `+03:30` are none. */
export function isZone(zone: string): boolean {
  if (zone === "UTC") return true;
  if (!/^[A-Za-z][\w+/-]*$/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** True for a day that the calendar has, YYYY-MM-DD: 2027-02-30 is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** Runs by itself, again and again. */
export const isRecurring = (schedule: Schedule): schedule is Recurring =>
  schedule.every !== "release" && schedule.every !== "demand";

/** Minutes between two starts, the season's change aside. */
export function minutesBetween(schedule: Recurring): number {
  switch (schedule.every) {
    case "minutes":
      return schedule.count;
    case "day":
      return DAY;
    case "week":
      return WEEK;
    case "quarter":
      return QUARTER;
  }
}

/** Minutes that a zone's clocks are ahead of UTC, each value it takes in the year after `today`. */
function offsets(zone: string, today: string): readonly number[] {
  if (zone === "UTC") return [0];
  if (!isDay(today) || !isZone(zone)) return [0];
  const start = Date.parse(`${today}T12:00:00Z`);
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const seen = Array.from({ length: 53 }, (_, week) => offsetAt(format, start + week * 7 * 86_400_000));
  return [...new Set(seen)];
}

function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** Minutes by which a day may be longer than 24 hours where clocks change. */
export function season(schedule: Recurring, today: string): number {
  if (schedule.every === "minutes") return 0;
  const all = offsets(schedule.zone, today);
  return Math.max(...all) - Math.min(...all);
}

/** Starts as minutes of the schedule's own period, one for each offset of its zone. */
function starts(schedule: Recurring, today: string): readonly number[] {
  if (schedule.every === "minutes") return [0];
  const [hours, minutes] = schedule.at.split(":").map(Number);
  const wall = (hours ?? 0) * 60 + (minutes ?? 0);
  const day = schedule.every === "week" ? weekdays.indexOf(schedule.on) * DAY : 0;
  return offsets(schedule.zone, today).map((offset) => day + wall - offset);
}

/** Least minutes from a start of `earlier` to the next start of `later`, at any time of the year. */
export function gap(earlier: Recurring, later: Recurring, today: string): number {
  const period = minutesBetween(earlier);
  const gaps = starts(earlier, today).flatMap((first) =>
    starts(later, today).map((second) => (((second - first) % period) + period) % period),
  );
  return Math.min(...gaps);
}

/** `daily at 02:00 UTC` */
export function showSchedule(schedule: Schedule): string {
  switch (schedule.every) {
    case "minutes":
      return `every ${showTime(schedule.count * 60)}`;
    case "day":
      return `daily at ${schedule.at} ${schedule.zone}`;
    case "week":
      return `weekly on ${schedule.on} at ${schedule.at} ${schedule.zone}`;
    case "quarter":
      return `quarterly at ${schedule.at} ${schedule.zone}`;
    case "release":
      return "each release";
    case "demand":
      return "on demand";
  }
}
