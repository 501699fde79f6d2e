import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { type ResourceStatement, resourcePolicy } from "../identity/resource-policy.ts";

/** Where alarms go: a mailbox, whose owner must confirm, or a paging service. */
export interface Subscriber {
  readonly protocol: "email" | "https";
  readonly endpoint: string;
}

/** Who publishes: alarms of CloudWatch, rules of EventBridge, events of RDS, bounces and complaints of SES. */
type Publisher = "alarms" | "rules" | "databases" | "mail";

export interface AlarmTopicProps {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Key whose policy admits the publishers: with the AWS managed key alarms vanish without a word. */
  readonly kmsKeyArn: string;
  /** Provider of the region; default: the stack's first. */
  readonly provider?: TerraformProvider;
  /** Default: alarms alone. */
  readonly publishers?: readonly Publisher[];
  /** Who is told, by a stable short name; at least one, for an alarm that nobody hears is none. */
  readonly subscribers: Readonly<Record<string, Subscriber>>;
}

/**
 * The topic that alarms and events of this account are published to.
 *
 * Refuses: publishers other than those named, of this account and region; clear text; having no subscriber.
 */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const subscribers = Object.entries(props.subscribers);
    if (subscribers.length === 0) {
      throw new Error(`${this.node.path}: subscribers must hold at least one, got none`);
    }
    const provider = props.provider === undefined ? {} : { provider: props.provider };
    const topic = new SnsTopic(this, "topic", { ...provider, name: props.name, kmsMasterKeyId: props.kmsKeyArn });
    const resources = [`arn:aws:sns:${props.region}:${props.accountId}:${props.name}`];
    const policy = new SnsTopicPolicy(this, "policy", {
      ...provider,
      arn: topic.arn,
      policy: resourcePolicy([
        ...(props.publishers ?? ["alarms"]).map((publisher) => publishing(publisher, props, resources)),
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
      new SnsTopicSubscription(this, `subscriber-${name}`, { ...provider, topicArn: topic.arn, protocol, endpoint });
    }
    // Whoever publishes waits for the policy: SES tries the topic as soon as it is told of it.
    this.arn = policy.arn;
  }
}

const sources: Readonly<Record<Exclude<Publisher, "rules">, { readonly service: string; readonly source: string }>> = {
  alarms: { service: "cloudwatch.amazonaws.com", source: "cloudwatch:REGION:ACCOUNT:alarm:*" },
  // RDS names what the event is about: a cluster, an instance, a snapshot.
  databases: { service: "events.rds.amazonaws.com", source: "rds:REGION:ACCOUNT:*" },
  mail: { service: "ses.amazonaws.com", source: "ses:REGION:ACCOUNT:configuration-set/*" },
};

/** EventBridge sends neither account nor rule with a message under a customer key; a rule reaches its own account only. */
function publishing(
  publisher: Publisher,
  { region, accountId }: AlarmTopicProps,
  resources: readonly string[],
): ResourceStatement {
  const sid = `${publisher.charAt(0).toUpperCase()}${publisher.slice(1)}Publish`;
  const statement = { sid, effect: "Allow", actions: ["sns:Publish"], resources } as const;
  if (publisher === "rules") return { ...statement, principals: { services: ["events.amazonaws.com"] } };
  const { service, source } = sources[publisher];
  return {
    ...statement,
    principals: { services: [service] },
    conditions: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:aws:${source.replace("REGION", region).replace("ACCOUNT", accountId)}` },
    },
  };
}
