import { describe, expect, test } from "vitest";
import { EventLog } from "../../../constructs/observability/event-log.ts";
import { synth } from "../../support/synth.ts";

const pattern = { source: ["aws.backup"], detail: { state: ["FAILED"] } };
const log = (logGroupName = "/aws/events/example/secrets") =>
  synth((scope) => {
    new EventLog(scope, "log", {
      name: "example-log",
      description: "What happens",
      logGroupName,
      pattern,
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      accountId: "111111111111",
      region: "eu-central-1",
      retentionDays: 400,
    });
  });

describe("an event log", () => {
  test("keeps events under the key for their time, written by EventBridge alone", () => {
    const stack = log();
    expect(stack.one("aws_cloudwatch_log_group").args).toMatchObject({
      kms_key_id: "arn:aws:kms:eu-central-1:111111111111:key/example",
      name: "/aws/events/example/secrets",
      retention_in_days: 400,
    });
    expect(JSON.parse(stack.one("aws_cloudwatch_log_resource_policy").args.policy_document).Statement).toEqual([
      {
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Effect: "Allow",
        Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
        Resource: ["arn:aws:logs:eu-central-1:111111111111:log-group:/aws/events/example/secrets:*"],
        Sid: "RulesWrite",
      },
    ]);
    expect(stack.one("aws_cloudwatch_event_target").args).toEqual({
      arn: "${aws_cloudwatch_log_group.log_events_log-group.arn}",
      depends_on: ["aws_cloudwatch_log_resource_policy.log_policy"],
      rule: "${aws_cloudwatch_event_rule.log_rule.name}",
    });
  });

  test("fails when EventBridge could not write to the group", () => {
    expect(() => log("/example/secrets")).toThrow("logGroupName must start with /aws/events/");
  });
});
