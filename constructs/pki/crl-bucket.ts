import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { cleanUp } from "../data/bucket-lifecycle.ts";
import { bucketArn, privateBucket } from "../data/private-bucket.ts";

export interface CrlBucketProps {
  readonly bucketName: string;
  readonly accountId: string;
  readonly accessLogBucketName: string;
  /** Default: Terraform refuses to destroy the bucket. */
  readonly deletionProtection?: OptOut;
}

/**
 * The bucket a private CA publishes its revocation list to; hosts fetch the list with their own role.
 *
 * Refuses: private CAs of other accounts, public access. SSE-S3: the list is signed and no secret, and a customer key
 * would be one more thing that can keep it from being published.
 */
export class CrlBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** What a CA must wait for: it tries the bucket when it is made. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: CrlBucketProps) {
    super(scope, id);
    this.bucketName = props.bucketName;
    this.arn = bucketArn(props.bucketName);
    const principals = { services: ["acm-pca.amazonaws.com"] };
    const conditions = {
      StringEquals: { "aws:SourceAccount": props.accountId },
      ArnLike: { "aws:SourceArn": `arn:aws:acm-pca:*:${props.accountId}:certificate-authority/*` },
    };
    const { policy } = privateBucket(this, {
      bucketName: props.bucketName,
      encryption: "sse-s3",
      lifecycleRules: [cleanUp({ id: "replaced", prefix: "", noncurrentDays: 90 })],
      statements: [
        {
          sid: "PrivateCaPublishes",
          effect: "Allow",
          principals,
          actions: ["s3:PutObject", "s3:PutObjectAcl"],
          resources: [`${this.arn}/*`],
          conditions,
        },
        {
          sid: "PrivateCaChecks",
          effect: "Allow",
          principals,
          actions: ["s3:GetBucketAcl", "s3:GetBucketLocation"],
          resources: [this.arn],
          conditions,
        },
      ],
      accessLogBucketName: props.accessLogBucketName,
      deletionProtection: props.deletionProtection,
    });
    this.ready = policy;
  }
}
