import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { cleanUp, expire } from "./bucket-lifecycle.ts";
import { bucketArn, privateBucket } from "./private-bucket.ts";

export interface TransferBucketProps {
  readonly bucketName: string;
  readonly kmsKeyArn: string;
  readonly accessLogBucketName: string;
  /** ARN patterns of the only roles that put and get files, themselves or by a signed address that they hand to a host. */
  readonly operatorArns: readonly string[];
  /** ARN patterns of roles that may empty the bucket, for it cannot be removed otherwise. */
  readonly breakGlassArns: readonly string[];
  readonly deletionProtection?: OptOut;
}

/**
 * The bucket by which files reach hosts over sessions, which carry text alone: Ansible puts a file and the host fetches
 * it by a signed address, so hosts themselves have no right here.
 *
 * Refuses: putting, getting and deleting by roles not named. A file and what is left of it go after a day.
 */
export class TransferBucket extends Construct {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: TransferBucketProps) {
    super(scope, id);
    this.bucketName = props.bucketName;
    privateBucket(this, {
      bucketName: props.bucketName,
      encryption: { kmsKeyArn: props.kmsKeyArn },
      lifecycleRules: [expire("files", "", 1), cleanUp({ id: "old", prefix: "", noncurrentDays: 1 })],
      statements: [
        {
          sid: "OnlyOperators",
          effect: "Deny",
          principals: "*",
          actions: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
          resources: [`${bucketArn(props.bucketName)}/*`],
          conditions: { ArnNotLike: { "aws:PrincipalArn": [...props.operatorArns, ...props.breakGlassArns] } },
        },
      ],
      accessLogBucketName: props.accessLogBucketName,
      deletionProtection: props.deletionProtection,
    });
  }
}
