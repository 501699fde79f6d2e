import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { cleanUp, expire } from "../data/bucket-lifecycle.ts";
import { bucketArn, type ObjectLock, privateBucket } from "../data/private-bucket.ts";
import type { ResourceStatement } from "../identity/resource-policy.ts";
import { accessLogStatements, deliveryStatements } from "./log-delivery-statements.ts";
import { configStatements, lockedTrailStatements, trailStatements } from "./record-statements.ts";

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

interface EncryptedProps extends CommonProps {
  readonly kmsKeyArn: string;
  /** Bucket that receives this one's server access logs. */
  readonly accessLogBucketName: string;
}

/** Access logs of load balancers and buckets: their writers refuse customer keys and default locks. */
export interface AccessLogBucketProps extends CommonProps {
  readonly kind: "access";
}

/** Flow, firewall, DNS query and web ACL logs: their writer takes a customer key with `log-delivery` in its policy. */
export interface DeliveryLogBucketProps extends EncryptedProps {
  readonly kind: "delivery";
}

/** Histories and snapshots of AWS Config, under a key with `config` in its policy; it refuses a default lock. */
export interface ConfigLogBucketProps extends EncryptedProps {
  readonly kind: "config";
}

/** Log files and digests of one trail, under a key with `cloudtrail` in its policy, locked for the whole retention. */
export interface TrailLogBucketProps extends EncryptedProps {
  readonly kind: "trail";
  readonly trailArn: string;
  readonly lockMode: ObjectLock["mode"];
}

export type LogBucketProps = AccessLogBucketProps | ConfigLogBucketProps | DeliveryLogBucketProps | TrailLogBucketProps;

/**
 * A bucket that AWS services write their logs to.
 *
 * Refuses: writers of other accounts, deletion of a log by anyone but break-glass roles, retention below 30 days; for a
 * trail, every writer but that trail, and a change of the bucket's settings by anyone but break-glass roles.
 * A web ACL demands a name that starts with `aws-waf-logs-`: give it a `delivery` bucket of its own.
 */
export class LogBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** The policy that admits the writers, who look for their rights before they write. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    const { bucketName, retentionDays } = props;
    if (!Number.isInteger(retentionDays) || retentionDays < 30) {
      throw new Error(`${this.node.path}: retentionDays must be >= 30, got ${retentionDays}`);
    }
    this.bucketName = bucketName;
    this.arn = bucketArn(bucketName);
    const trail = props.kind === "trail" ? props : undefined;
    this.ready = privateBucket(this, {
      bucketName,
      encryption:
        props.kind === "access"
          ? "sse-s3"
          : { kmsKeyArn: props.kmsKeyArn, orSseS3: trail === undefined ? undefined : true },
      lifecycleRules: [
        // A locked version outlives the marker that ends it; a day more, and it goes with the clean-up.
        expire("retention", "", trail === undefined ? retentionDays : retentionDays + 1),
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
        ...writers(this.arn, props),
      ],
      objectLock: trail === undefined ? undefined : { mode: trail.lockMode, days: retentionDays },
      accessLogBucketName: props.kind === "access" ? undefined : props.accessLogBucketName,
      deletionProtection: props.deletionProtection,
      provider: props.provider,
    }).policy;
  }
}

/** Who writes into which kind of bucket, and what guards it beyond. */
function writers(arn: string, props: LogBucketProps): readonly ResourceStatement[] {
  switch (props.kind) {
    case "access":
      return [...deliveryStatements(arn, props.accountId), ...accessLogStatements(arn, props.accountId)];
    case "delivery":
      return deliveryStatements(arn, props.accountId);
    case "config":
      return configStatements(arn, props.accountId);
    case "trail":
      return [
        ...trailStatements(arn, props.accountId, props.trailArn),
        ...lockedTrailStatements(arn, props.breakGlassArns),
      ];
    default:
      return props satisfies never;
  }
}
