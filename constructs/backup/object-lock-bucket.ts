import { dependable, type ITerraformDependable, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { bucketArn, type ObjectLock, type PrivateBucket, privateBucket } from "../data/private-bucket.ts";
import { type BackupPrefix, prefixLifecycle } from "./backup-prefix.ts";
import { vaultStatements } from "./vault-statements.ts";

export interface ObjectLockBucketProps {
  readonly bucketName: string;
  readonly region: string;
  readonly kmsKeyArn: string;
  /** Retention of every object version. */
  readonly lock: ObjectLock;
  readonly prefixes: readonly BackupPrefix[];
  /** ARN patterns of the only roles that may change the bucket's configuration or delete a version after its lock. */
  readonly breakGlassArns: readonly string[];
  /** ARN patterns of the only roles in which S3 may replicate into the bucket; default none. */
  readonly replicatorArns?: readonly string[];
  readonly accessLogBucketName: string;
  /** Default: Terraform refuses to destroy the bucket. */
  readonly deletionProtection?: OptOut;
  /** Provider of the region the bucket lives in; default: the stack's first. */
  readonly provider?: TerraformProvider;
}

/**
 * The bucket backups go to: locked, versioned, encrypted, closed to everyone but the writers and readers of a prefix.
 *
 * Refuses: a change of lock, versioning, lifecycle, encryption, replication or of this policy by any role but
 * break-glass ones, deletion of versions, other locks than the default, objects outside the prefixes, writing and
 * reading across prefixes, replication from elsewhere. After the first apply a change of these settings needs a break-glass role.
 */
export class ObjectLockBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  readonly region: string;
  readonly kmsKeyArn: string;
  readonly prefixes: readonly BackupPrefix[];
  readonly provider: TerraformProvider | undefined;
  readonly #made: PrivateBucket;

  constructor(scope: Construct, id: string, props: ObjectLockBucketProps) {
    super(scope, id);
    if (!Number.isInteger(props.lock.days) || props.lock.days < 1) {
      throw new Error(`${this.node.path}: lock.days must be a whole number >= 1, got ${props.lock.days}`);
    }
    this.bucketName = props.bucketName;
    this.arn = bucketArn(props.bucketName);
    this.region = props.region;
    this.kmsKeyArn = props.kmsKeyArn;
    this.prefixes = props.prefixes;
    this.provider = props.provider;
    this.#made = privateBucket(this, {
      bucketName: props.bucketName,
      encryption: { kmsKeyArn: props.kmsKeyArn },
      lifecycleRules: props.prefixes.flatMap((prefix) => prefixLifecycle(prefix, props.lock.days)),
      statements: vaultStatements({
        bucketArn: this.arn,
        prefixes: props.prefixes,
        replicatorArns: props.replicatorArns ?? [],
        breakGlassArns: props.breakGlassArns,
      }),
      objectLock: props.lock,
      accessLogBucketName: props.accessLogBucketName,
      deletionProtection: props.deletionProtection,
      provider: props.provider,
    });
  }

  /** Versioning of the bucket, which replication must wait for. */
  get versioning(): ITerraformDependable {
    return this.#made.versioning;
  }

  /** Makes the guarding policy wait for a configuration that it would forbid once it stands. */
  guardAfter(configuration: ITerraformDependable): void {
    const { policy } = this.#made;
    policy.dependsOn = [...(policy.dependsOn ?? []), dependable(configuration)];
  }
}
