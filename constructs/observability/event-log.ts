import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js";
import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { LogGroup } from "../audit/log-group.ts";
import { resourcePolicy } from "../identity/resource-policy.ts";

export interface EventLogProps {
  /** Of rule and policy. */
  readonly name: string;
  readonly description: string;
  /** Below `/aws/events/`: EventBridge writes to no other. */
  readonly logGroupName: string;
  /** Event pattern of EventBridge. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Key whose policy admits `cloudwatch-logs`. */
  readonly kmsKeyArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly retentionDays: number;
  /** Default: neither Terraform nor the API deletes the group. */
  readonly deletionProtection?: OptOut;
}

/** Keeps events of AWS, as they are, in a log group of their own. Refuses a group that EventBridge cannot write to. */
export class EventLog extends Construct {
  constructor(scope: Construct, id: string, props: EventLogProps) {
    super(scope, id);
    const { name, logGroupName } = props;
    if (!logGroupName.startsWith("/aws/events/")) {
      throw new Error(`${this.node.path}: logGroupName must start with /aws/events/, got "${logGroupName}"`);
    }
    const group = new LogGroup(this, "events", {
      name: logGroupName,
      kmsKeyArn: props.kmsKeyArn,
      retentionDays: props.retentionDays,
      ...(props.deletionProtection === undefined ? {} : { deletionProtection: props.deletionProtection }),
    });
    const rule = new CloudwatchEventRule(this, "rule", {
      name,
      description: props.description,
      eventPattern: JSON.stringify(props.pattern),
    });
    const policy = new CloudwatchLogResourcePolicy(this, "policy", {
      policyName: name,
      policyDocument: resourcePolicy([
        {
          sid: "RulesWrite",
          effect: "Allow",
          principals: { services: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`arn:aws:logs:${props.region}:${props.accountId}:log-group:${logGroupName}:*`],
        },
      ]),
    });
    new CloudwatchEventTarget(this, "target", { rule: rule.name, arn: group.arn, dependsOn: [policy] });
  }
}
