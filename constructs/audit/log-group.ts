import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";

/** The retention periods of CloudWatch that keep logs at least 30 days (TKT-4.15). */
const logRetentionDays = [
  30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export interface LogGroupProps {
  readonly name: string;
  /** Key whose policy admits `cloudwatch-logs`. */
  readonly kmsKeyArn: string;
  /** One of `logRetentionDays`; never "for ever", which is CloudWatch's own default. */
  readonly retentionDays: number;
  /** Default: neither Terraform nor the API deletes the group. */
  readonly deletionProtection?: OptOut;
}

/**
 * A CloudWatch log group under a customer key.
 *
 * Refuses: unbounded retention, retention below 30 days or of a length CloudWatch does not know, deletion.
 */
export class LogGroup extends Construct {
  readonly name: string;
  readonly arn: string;
  /** Wait for it where AWS would otherwise make a group of that name by itself, without key and end. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    if (!logRetentionDays.some((days) => days === props.retentionDays)) {
      throw new Error(
        `${this.node.path}: retentionDays must be one of ${logRetentionDays.join(", ")}, got ${props.retentionDays}`,
      );
    }
    const group = new CloudwatchLogGroup(this, "log-group", {
      name: props.name,
      kmsKeyId: props.kmsKeyArn,
      retentionInDays: props.retentionDays,
      deletionProtectionEnabled: props.deletionProtection === undefined,
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    this.name = props.name;
    this.arn = group.arn;
    this.ready = group;
  }
}
