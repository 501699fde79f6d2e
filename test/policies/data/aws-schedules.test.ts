import { expect, test } from "vitest";
import { longestGapOf, longestGapOfCron } from "../../../policies/model/backups/aws-schedules.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

test.each([
  ["each day, by either field that says nothing of days", "cron(0 5 ? * * *)", DAY],
  ["each day", "cron(0 3 * * ? *)", DAY],
  ["twice a day, at odd hours", "cron(30 8,18 * * ? *)", 14 * HOUR],
  ["every six hours", "cron(0 0/6 * * ? *)", 6 * HOUR],
  ["each hour", "cron(15 * ? * * *)", HOUR],
  ["working days: the week-end", "cron(0 5 ? * MON-FRI *)", 3 * DAY],
  ["Sundays, by number", "cron(0 5 ? * 1 *)", 7 * DAY],
  ["twice a month", "cron(0 5 1,15 * ? *)", 17 * DAY],
  ["the last day of each month", "cron(0 5 L * ? *)", 31 * DAY],
  ["once a year", "cron(0 5 1 1 ? *)", 366 * DAY],
  ["each 29th of February", "cron(0 5 29 FEB ? *)", 1461 * DAY],
  ["a day that never comes", "cron(0 5 30 2 ? *)", Number.POSITIVE_INFINITY],
  ["a year that ends", "cron(0 5 * * ? 2026)", Number.POSITIVE_INFINITY],
  ["all years that there are", "cron(0 5 * * ? 2025-2199)", DAY],
  ["a rate", "rate(12 hours)", 12 * HOUR],
  ["nothing that AWS takes", "0 5 * * *", undefined],
  ["a field too few", "cron(0 5 * * ?)", undefined],
  ["an hour that there is not", "cron(0 24 * * ? *)", undefined],
  ["a step of nothing", "cron(0 0/0 * * ? *)", undefined],
  ["a weekday near a date", "cron(0 5 15W * ? *)", undefined],
])("the longest gap of %s", (_, schedule, expected) => {
  expect(longestGapOf(schedule)).toBe(expected);
});

test.each([
  ["each night", "30 0 * * *", DAY],
  ["each day, by name", "@daily", DAY],
  ["Sundays, by either number", "0 5 * * 0", 7 * DAY],
  ["Sundays as the seventh day", "0 5 * * 7", 7 * DAY],
  ["working days: the week-end", "0 5 * * 1-5", 3 * DAY],
  ["working days by their names", "0 5 * * MON-FRI", 3 * DAY],
  ["every second day of the week: from Saturday to Sunday is one, else two", "0 5 * * */2", 2 * DAY],
  ["every quarter of an hour", "*/15 * * * *", HOUR / 4],
  ["a day that never comes", "0 0 31 2 *", Number.POSITIVE_INFINITY],
  ["a date or a weekday", "0 0 1 * 1", undefined],
  ["six fields", "0 0 5 * * *", undefined],
  ["words", "each night", undefined],
])("the longest gap of a CronJob for %s", (_, schedule, expected) => {
  expect(longestGapOfCron(schedule)).toBe(expected);
});
