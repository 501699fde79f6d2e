import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface EventNoticeProps {
  /** At most 64 characters. */
  readonly name: string;
  readonly description: string;
  /** Which events, in the pattern language of EventBridge. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Values that the text names, by JSON path. */
  readonly values: Readonly<Record<string, string>>;
  /** The message, one line, with `<value>` for each of them. */
  readonly text: string;
  /** Topic whose policy and key admit rules. */
  readonly topicArn: string;
  /** Provider of the region that events and topic are in; default: the stack's first. */
  readonly provider?: TerraformProvider;
}

/**
 * A rule that tells a topic of events, in a sentence instead of their JSON. It has no role: EventBridge publishes to an
 * encrypted topic by the topic's own policy.
 *
 * Refuses: a text that names a value nobody gives, which EventBridge would deliver as it stands.
 */
export class EventNotice extends Construct {
  constructor(scope: Construct, id: string, props: EventNoticeProps) {
    super(scope, id);
    const unknown = [...props.text.matchAll(/<(\w+)>/g)]
      .map(([, value = ""]) => value)
      .find((value) => !(value in props.values));
    if (unknown !== undefined) {
      throw new Error(`${this.node.path}: text must name only values, got <${unknown}>`);
    }
    const provider = props.provider === undefined ? {} : { provider: props.provider };
    const rule = new CloudwatchEventRule(this, "rule", {
      ...provider,
      name: props.name,
      description: props.description,
      eventPattern: JSON.stringify(props.pattern),
      tags: { Name: props.name },
    });
    new CloudwatchEventTarget(this, "target", {
      ...provider,
      rule: rule.name,
      targetId: "topic",
      arn: props.topicArn,
      // The template must be JSON: a line of text is a JSON string.
      inputTransformer: { inputPaths: { ...props.values }, inputTemplate: JSON.stringify(props.text) },
    });
  }
}
