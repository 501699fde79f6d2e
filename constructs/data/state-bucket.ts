import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { cleanUp } from "./bucket-lifecycle.ts";
import { bucketArn, privateBucket } from "./private-bucket.ts";

export interface StateBucketProps {
  readonly bucketName: string;
  readonly kmsKeyArn: string;
  /** Alias of that key, by which backends name it. */
  readonly kmsAliasArn: string;
  /** Default none, since the states come before every log bucket. */
  readonly accessLogBucketName?: string;
  /** ARN patterns of the only roles that may delete a version of a state. */
  readonly breakGlassArns: readonly string[];
  /** Days for which replaced states can be brought back; default 365, at least 90. */
  readonly historyDays?: number;
  readonly deletionProtection?: OptOut;
}

/**
 * The bucket of Terraform states, locked natively (`use_lockfile`): the lock is the object `<key>.tflock`, so roles
 * that apply need put and delete on it, and there is no lock table.
 *
 * Refuses: deletion of state versions by anyone but break-glass roles, a history below 90 days, what every private
 * bucket refuses. No Object Lock: a value that got into a state by mistake must remain purgeable.
 */
export class StateBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const historyDays = props.historyDays ?? 365;
    if (historyDays < 90) {
      throw new Error(`${this.node.path}: historyDays must be >= 90, got ${historyDays}`);
    }
    this.bucketName = props.bucketName;
    this.arn = bucketArn(props.bucketName);
    privateBucket(this, {
      bucketName: props.bucketName,
      encryption: { kmsKeyArn: props.kmsKeyArn, aliasArn: props.kmsAliasArn },
      lifecycleRules: [cleanUp({ id: "history", prefix: "", noncurrentDays: historyDays })],
      statements: [
        {
          sid: "OnlyBreakGlassDeletesHistory",
          effect: "Deny",
          principals: "*",
          actions: [
            "s3:DeleteBucket",
            "s3:DeleteObjectVersion",
            "s3:PutBucketVersioning",
            "s3:PutLifecycleConfiguration",
          ],
          resources: [this.arn, `${this.arn}/*`],
          conditions: { ArnNotLike: { "aws:PrincipalArn": props.breakGlassArns } },
        },
      ],
      accessLogBucketName: props.accessLogBucketName,
      deletionProtection: props.deletionProtection,
    });
  }
}
