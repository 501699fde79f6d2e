import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging/index.js";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { type ResourceStatement, resourcePolicy } from "../identity/resource-policy.ts";
import { encryptionStatements, transportStatements } from "./bucket-statements.ts";

/** Default retention that S3 puts on every new object version. */
export interface ObjectLock {
  readonly mode: "COMPLIANCE" | "GOVERNANCE";
  readonly days: number;
}

export interface PrivateBucketProps {
  readonly bucketName: string;
  /** A customer managed key, or `sse-s3` where the writing service refuses KMS. */
  readonly encryption:
    | {
        readonly kmsKeyArn: string;
        readonly aliasArn?: string | undefined;
        /** Admits objects that S3 encrypts too: CloudTrail writes its digests so, whatever key its logs have. */
        readonly orSseS3?: boolean | undefined;
      }
    | "sse-s3";
  readonly lifecycleRules: readonly S3BucketLifecycleConfigurationRule[];
  /** Statements beside those on transport and encryption. */
  readonly statements: readonly ResourceStatement[];
  /** Default: no lock. */
  readonly objectLock?: ObjectLock | undefined;
  /** Bucket that receives server access logs under `s3/<bucket name>/`; default: none. */
  readonly accessLogBucketName?: string | undefined;
  /** Beside those of the stack. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Default: Terraform refuses to destroy the bucket. */
  readonly deletionProtection?: OptOut | undefined;
  /** Provider of the region the bucket lives in; default: the stack's first. */
  readonly provider?: TerraformProvider | undefined;
}

/** The parts of a private bucket that other resources refer to. */
export interface PrivateBucket {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;
  /** Made last, so a policy that guards the configuration does not hinder its creation. */
  readonly policy: S3BucketPolicy;
}

/** ARN of a bucket, known before apply: a policy built from it can be judged on the plan. */
export function bucketArn(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}

/**
 * Makes a versioned, encrypted S3 bucket that only its owner's policies open, straight into `scope`.
 *
 * Refuses: public access by any means, access control lists, clear text and TLS below 1.2, other keys than its own.
 */
export function privateBucket(scope: Construct, props: PrivateBucketProps): PrivateBucket {
  const provider = props.provider === undefined ? {} : { provider: props.provider };
  const bucket = new S3Bucket(scope, "bucket", {
    ...provider,
    bucket: props.bucketName,
    forceDestroy: false,
    objectLockEnabled: props.objectLock !== undefined,
    ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
    lifecycle: { preventDestroy: isProtected(`${scope.node.path}/deletionProtection`, props.deletionProtection) },
  });
  const common = { ...provider, bucket: bucket.id };
  const versioning = new S3BucketVersioningA(scope, "versioning", {
    ...common,
    versioningConfiguration: { status: "Enabled" },
  });
  const kmsKeyArn = props.encryption === "sse-s3" ? undefined : props.encryption.kmsKeyArn;
  const keyArns =
    props.encryption === "sse-s3"
      ? []
      : [props.encryption.kmsKeyArn, props.encryption.aliasArn].filter((name) => name !== undefined);
  const orSseS3 = props.encryption !== "sse-s3" && props.encryption.orSseS3 === true;
  const before: ITerraformDependable[] = [
    versioning,
    new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
      ...common,
      rule: [
        kmsKeyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              bucketKeyEnabled: true,
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
            },
      ],
    }),
    new S3BucketPublicAccessBlock(scope, "public-access", {
      ...common,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    new S3BucketOwnershipControls(scope, "ownership", {
      ...common,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    }),
    new S3BucketLifecycleConfiguration(scope, "lifecycle", {
      ...common,
      rule: [...props.lifecycleRules],
      dependsOn: [versioning],
    }),
  ];
  if (props.objectLock !== undefined) {
    before.push(
      new S3BucketObjectLockConfigurationA(scope, "lock", {
        ...common,
        rule: { defaultRetention: { mode: props.objectLock.mode, days: props.objectLock.days } },
        dependsOn: [versioning],
      }),
    );
  }
  if (props.accessLogBucketName !== undefined) {
    before.push(
      new S3BucketLoggingA(scope, "logging", {
        ...common,
        targetBucket: props.accessLogBucketName,
        targetPrefix: `s3/${props.bucketName}/`,
      }),
    );
  }
  const arn = bucketArn(props.bucketName);
  const policy = new S3BucketPolicy(scope, "policy", {
    ...common,
    policy: resourcePolicy([
      ...transportStatements(arn),
      ...encryptionStatements(arn, keyArns, orSseS3),
      ...props.statements,
    ]),
    dependsOn: before,
  });
  return { bucket, versioning, policy };
}
