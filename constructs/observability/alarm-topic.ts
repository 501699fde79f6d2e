import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { Construct } from "constructs";
import { resourcePolicy } from "../identity/resource-policy.ts";

/** Where alarms go: a mailbox, whose owner must confirm, or a paging service. */
export interface Subscriber {
  readonly protocol: "email" | "https";
  readonly endpoint: string;
}

export interface AlarmTopicProps {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Key whose policy admits `cloudwatch-alarms`: with the AWS managed key alarms vanish without a word. */
  readonly kmsKeyArn: string;
  /** Who is told, by a stable short name; at least one, for an alarm that nobody hears is none. */
  readonly subscribers: Readonly<Record<string, Subscriber>>;
}

/**
 * The topic CloudWatch alarms of this account publish to.
 *
 * Refuses: publishers other than this account's alarms in this region, clear text, having no subscriber.
 */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const subscribers = Object.entries(props.subscribers);
    if (subscribers.length === 0) {
      throw new Error(`${this.node.path}: subscribers must hold at least one, got none`);
    }
    const topic = new SnsTopic(this, "topic", { name: props.name, kmsMasterKeyId: props.kmsKeyArn });
    const resources = [`arn:aws:sns:${props.region}:${props.accountId}:${props.name}`];
    new SnsTopicPolicy(this, "policy", {
      arn: topic.arn,
      policy: resourcePolicy([
        {
          sid: "AlarmsPublish",
          effect: "Allow",
          principals: { services: ["cloudwatch.amazonaws.com"] },
          actions: ["sns:Publish"],
          resources,
          conditions: {
            StringEquals: { "aws:SourceAccount": props.accountId },
            ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${props.region}:${props.accountId}:alarm:*` },
          },
        },
        {
          sid: "DenyClearText",
          effect: "Deny",
          principals: "*",
          actions: ["sns:Publish", "sns:Subscribe"],
          resources,
          conditions: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    for (const [name, { protocol, endpoint }] of subscribers) {
      new SnsTopicSubscription(this, `subscriber-${name}`, { topicArn: topic.arn, protocol, endpoint });
    }
    this.arn = topic.arn;
  }
}
