import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { Construct } from "constructs";

export interface EventAlertProps {
  readonly name: string;
  /** What has happened, for the person who is told; no quotes. */
  readonly summary: string;
  /** Event pattern of EventBridge. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Topic whose policy and key admit rules. */
  readonly topicArn: string;
}

/**
 * Tells a topic when an event of AWS happens: in one sentence, with where to look, instead of the event's JSON.
 *
 * No role: EventBridge publishes to an encrypted topic by the topic's own policy.
 */
export class EventAlert extends Construct {
  constructor(scope: Construct, id: string, props: EventAlertProps) {
    super(scope, id);
    if (/["\n<>]/.test(props.summary)) {
      throw new Error(`${this.node.path}: summary must have no quotes and angle brackets, got ${props.summary}`);
    }
    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.name,
      description: props.summary,
      eventPattern: JSON.stringify(props.pattern),
    });
    new CloudwatchEventTarget(this, "topic", {
      rule: rule.name,
      arn: props.topicArn,
      inputTransformer: {
        inputPaths: {
          account: "$.account",
          region: "$.region",
          what: "$.detail-type",
          when: "$.time",
          which: "$.resources[0]",
        },
        inputTemplate: `"${props.summary}: <what> at <when> in account <account>, <region>. First resource: <which>"`,
      },
    });
  }
}
