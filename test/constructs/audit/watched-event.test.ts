import { expect, test } from "vitest";
import { LogGroup } from "../../../constructs/audit/log-group.ts";
import type { TrailAlarm } from "../../../constructs/audit/trail-alarms.ts";
import { WatchedEvent } from "../../../constructs/audit/watched-event.ts";
import { synth } from "../../support/synth.ts";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/example";
const topic = { arn: "arn:aws:sns:eu-central-1:111111111111:security" };
const watch = (changed: Partial<TrailAlarm> = {}) =>
  synth((scope) => {
    const logGroup = new LogGroup(scope, "trail", { name: "/test/trail", kmsKeyArn, retentionDays: 90 });
    const event = { name: "shop-root-used", summary: "The root user was used", pattern: '{ $.a = "b" }', ...changed };
    new WatchedEvent(scope, "root-used", { event, logGroup, topic });
  });

test("a watched event is counted in the trail's log group and told of within a minute of being seen", () => {
  const stack = watch();

  expect(stack.one("aws_cloudwatch_log_metric_filter").args).toEqual({
    name: "shop-root-used",
    log_group_name: "/test/trail",
    pattern: '{ $.a = "b" }',
    metric_transformation: { namespace: "Platform/Trail", name: "shop-root-used", value: "1" },
    depends_on: ["aws_cloudwatch_log_group.trail_log-group"],
  });
  expect(stack.one("aws_cloudwatch_metric_alarm").args).toMatchObject({
    alarm_name: "shop-root-used",
    namespace: "Platform/Trail",
    metric_name: "shop-root-used",
    statistic: "Sum",
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    period: 60,
    evaluation_periods: 1,
    treat_missing_data: "notBreaching",
    alarm_actions: [topic.arn],
  });
});

test("a watched event that counts only in numbers is counted over five minutes", () => {
  expect(watch({ atLeast: 3 }).one("aws_cloudwatch_metric_alarm").args).toMatchObject({ threshold: 3, period: 300 });
});

test("a watched event fails when its pattern is longer than CloudWatch Logs takes", () => {
  expect(() => watch({ pattern: "x".repeat(1025) })).toThrow(
    new Error("test/root-used: pattern must have at most 1024 characters, got 1025"),
  );
});
