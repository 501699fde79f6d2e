import { expect, test } from "vitest";
import { daily, everyMinutes, quarterly, weekly } from "../../services/define.ts";
import { awsSchedule } from "../../stacks/vault/schedule.ts";

test.each([
  [daily("03:00"), "cron(0 3 * * ? *)", "Etc/UTC"],
  [daily("00:30", "Europe/Berlin"), "cron(30 0 * * ? *)", "Europe/Berlin"],
  [weekly("sunday", "01:05"), "cron(5 1 ? * SUN *)", "Etc/UTC"],
  [quarterly("10:00"), "cron(0 10 1 1,4,7,10 ? *)", "Etc/UTC"],
  [everyMinutes(60), "cron(0 0/1 * * ? *)", "Etc/UTC"],
  [everyMinutes(240), "cron(0 0/4 * * ? *)", "Etc/UTC"],
] as const)("a schedule %o is in the words of AWS", (schedule, expression, timeZone) => {
  expect(awsSchedule(schedule)).toEqual({ expression, timeZone });
});

test("fails when a schedule is shorter than the hour in which AWS Backup starts", () => {
  expect(() => awsSchedule(everyMinutes(15))).toThrow(
    "schedule: AWS Backup starts each hour at most, got every 15 minutes",
  );
});
