import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { cleanUp, expire } from "../data/bucket-lifecycle.ts";
import { bucketArn, privateBucket } from "../data/private-bucket.ts";
import { accessLogStatements, deliveryStatements } from "./log-delivery-statements.ts";

interface CommonProps {
  readonly bucketName: string;
  readonly accountId: string;
  /** Days until a log object ends, at least 30 (TKT-4.15). */
  readonly retentionDays: number;
  /** ARN patterns of the only roles that may delete a log before its time. */
  readonly breakGlassArns: readonly string[];
  /** Default: Terraform refuses to destroy the bucket. */
  readonly deletionProtection?: OptOut;
  /** Provider of the region the bucket lives in, which is its writers' own; default: the stack's first. */
  readonly provider?: TerraformProvider;
}

/** Access logs of load balancers and buckets: their writers refuse customer keys and default locks. */
export interface AccessLogBucketProps extends CommonProps {
  readonly kind: "access";
}

/** Flow, firewall, DNS query and web ACL logs: their writer takes a customer key with `log-delivery` in its policy. */
export interface DeliveryLogBucketProps extends CommonProps {
  readonly kind: "delivery";
  readonly kmsKeyArn: string;
  /** Bucket that receives this one's server access logs. */
  readonly accessLogBucketName: string;
}

export type LogBucketProps = AccessLogBucketProps | DeliveryLogBucketProps;

/**
 * A bucket that AWS services write their logs to.
 *
 * Refuses: writers of other accounts, deletion of a log by anyone but break-glass roles, retention below 30 days.
 * A web ACL demands a name that starts with `aws-waf-logs-`: give it a `delivery` bucket of its own.
 */
export class LogBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    if (!Number.isInteger(props.retentionDays) || props.retentionDays < 30) {
      throw new Error(`${this.node.path}: retentionDays must be >= 30, got ${props.retentionDays}`);
    }
    this.bucketName = props.bucketName;
    this.arn = bucketArn(props.bucketName);
    const delivery = props.kind === "delivery" ? props : undefined;
    privateBucket(this, {
      bucketName: props.bucketName,
      encryption: delivery === undefined ? "sse-s3" : { kmsKeyArn: delivery.kmsKeyArn },
      lifecycleRules: [
        expire("retention", "", props.retentionDays),
        cleanUp({ id: "old", prefix: "", noncurrentDays: 30 }),
      ],
      statements: [
        {
          sid: "OnlyBreakGlassDeletes",
          effect: "Deny",
          principals: "*",
          actions: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"],
          resources: [this.arn, `${this.arn}/*`],
          conditions: { ArnNotLike: { "aws:PrincipalArn": props.breakGlassArns } },
        },
        ...deliveryStatements(this.arn, props.accountId),
        ...(delivery === undefined ? accessLogStatements(this.arn, props.accountId) : []),
      ],
      accessLogBucketName: delivery?.accessLogBucketName,
      deletionProtection: props.deletionProtection,
      provider: props.provider,
    });
  }
}
