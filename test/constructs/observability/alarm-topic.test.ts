import { describe, expect, test } from "vitest";
import { AlarmTopic, type Subscriber } from "../../../constructs/observability/alarm-topic.ts";
import { synth } from "../../support/synth.ts";
import { accountId, statementsOf } from "../keys/statements.ts";

const make = (subscribers: Readonly<Record<string, Subscriber>>) =>
  synth((scope) => {
    new AlarmTopic(scope, "alarms", {
      name: "example-alarms",
      accountId,
      region: "eu-central-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      subscribers,
    });
  });
const duty: Subscriber = { protocol: "email", endpoint: "duty@example.org" };

describe("an alarm topic", () => {
  test("is encrypted under the given key and told to its subscribers", () => {
    const stack = make({ duty });
    expect(stack.one("aws_sns_topic").args).toEqual({
      kms_master_key_id: "arn:aws:kms:eu-central-1:111111111111:key/example",
      name: "example-alarms",
    });
    expect(stack.all("aws_sns_topic_subscription")).toMatchObject([
      {
        address: "aws_sns_topic_subscription.alarms_subscriber-duty",
        args: {
          endpoint: "duty@example.org",
          protocol: "email",
          topic_arn: `\${aws_sns_topic.alarms_topic.arn}`,
        },
      },
    ]);
  });

  test("takes messages from this account's alarms alone, over TLS", () => {
    const Resource = ["arn:aws:sns:eu-central-1:111111111111:example-alarms"];
    expect(statementsOf(make({ duty }).one("aws_sns_topic_policy").args.policy)).toEqual({
      AlarmsPublish: {
        Effect: "Allow",
        Principal: { Service: ["cloudwatch.amazonaws.com"] },
        Action: ["sns:Publish"],
        Resource,
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:111111111111:alarm:*" },
        },
      },
      DenyClearText: {
        Effect: "Deny",
        Principal: "*",
        Action: ["sns:Publish", "sns:Subscribe"],
        Resource,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    });
  });

  test("fails when nobody would hear an alarm", () => {
    expect(() => make({})).toThrow("test/alarms: subscribers must hold at least one, got none");
  });
});
