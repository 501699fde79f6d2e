import { describe, expect, test } from "vitest";
import { criticalControls, openToOutsiders, threats } from "../../../constructs/audit/findings.ts";
import { EventNotice } from "../../../constructs/observability/event-notice.ts";
import { synth } from "../../support/synth.ts";

const topicArn = "arn:aws:sns:eu-central-1:111111111111:security";
const common = { name: "shop-threats", topicArn };

describe("a notice of events", () => {
  test("tells the topic in a sentence", () => {
    const stack = synth((scope) => void new EventNotice(scope, "threats", { ...common, ...threats }));
    const { event_pattern, ...rule } = stack.one("aws_cloudwatch_event_rule").args;

    expect(rule).toEqual({
      name: "shop-threats",
      description: "Threats that GuardDuty found",
      tags: { Name: "shop-threats" },
    });
    expect(JSON.parse(event_pattern)).toEqual({
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Finding"],
      detail: { severity: [{ numeric: [">=", 4] }] },
    });
    expect(stack.one("aws_cloudwatch_event_target").args).toEqual({
      rule: "${aws_cloudwatch_event_rule.threats_rule.name}",
      target_id: "topic",
      arn: topicArn,
      input_transformer: {
        input_paths: {
          severity: "$.detail.severity",
          title: "$.detail.title",
          type: "$.detail.type",
          id: "$.detail.id",
        },
        input_template: '"GuardDuty, severity <severity>: <title> (<type>), finding <id>"',
      },
    });
  });

  test.each([
    ["threats", threats],
    ["open doors", openToOutsiders],
    ["critical controls", criticalControls],
  ])("can be made of %s", (_, findings) => {
    const stack = synth((scope) => void new EventNotice(scope, "notice", { ...common, ...findings }));
    expect(JSON.parse(stack.one("aws_cloudwatch_event_rule").args.event_pattern)["detail-type"]).toHaveLength(1);
  });

  test("fails when the text names a value that nobody gives", () => {
    expect(() =>
      synth((scope) => void new EventNotice(scope, "threats", { ...common, ...threats, text: "Found <nothing>" })),
    ).toThrow(new Error("test/threats: text must name only values, got <nothing>"));
  });
});
