import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification/index.js";
import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { cleanUp, expire } from "./bucket-lifecycle.ts";
import { type ObjectPrefix, objectStatements } from "./object-statements.ts";
import { bucketArn, privateBucket } from "./private-bucket.ts";

export interface ObjectStoreProps {
  readonly bucketName: string;
  readonly accountId: string;
  readonly region: string;
  /** Its policy must admit whoever reads or writes, and `cloudfront` where the CDN serves a prefix. */
  readonly kmsKeyArn: string;
  readonly prefixes: readonly ObjectPrefix[];
  /** Days after which every object ends; default: those of its prefix, or none. */
  readonly expireAfterDays?: number;
  /** Days after which a replaced or deleted version goes. */
  readonly noncurrentDays: number;
  /** Greatest age of a signed address; default: signed addresses are refused. */
  readonly signedForSeconds?: number;
  /** The role by which AWS Backup copies the bucket, and that by which it brings objects back; default: no such copy. */
  readonly backup?: { readonly copyArn: string; readonly restoreArn: string };
  /** ARN patterns of roles that may do with objects what nobody else may, in an emergency. */
  readonly breakGlassArns: readonly string[];
  readonly accessLogBucketName: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: Terraform refuses to destroy the bucket. */
  readonly deletionProtection?: OptOut;
}

/**
 * The bucket an application keeps its objects in, prefix by prefix.
 *
 * Refuses: reading, writing and deleting by roles not named for the prefix, objects outside the prefixes, signed
 * addresses that are older than they may be, Object Lock: what must be purged stays purgeable (MUN-SEC.2).
 * Cannot refuse: an object that is too large. S3 knows such a limit only in forms that browsers post; whoever takes an
 * upload counts its bytes.
 */
export class ObjectStore extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** Host name of the bucket in its region: what a CDN reads from. */
  readonly domainName: string;

  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    const { bucketName, region, prefixes, expireAfterDays, noncurrentDays } = props;
    this.bucketName = bucketName;
    this.arn = bucketArn(bucketName);
    this.domainName = `${bucketName}.s3.${region}.amazonaws.com`;
    const { bucket } = privateBucket(this, {
      bucketName,
      encryption: { kmsKeyArn: props.kmsKeyArn },
      lifecycleRules: [
        cleanUp({ id: "old", prefix: "", noncurrentDays }),
        ...(expireAfterDays === undefined ? [] : [expire("all", "", expireAfterDays)]),
        ...prefixes.flatMap(({ name, expireAfterDays: days }) =>
          days === undefined ? [] : [expire(name, `${name}/`, days)],
        ),
      ],
      statements: objectStatements({ ...props, bucketArn: this.arn }),
      accessLogBucketName: props.accessLogBucketName,
      tags: props.tags,
      deletionProtection: props.deletionProtection,
    });
    if (props.backup !== undefined) {
      // AWS Backup learns by these what changed since its last copy.
      new S3BucketNotification(this, "events", { bucket: bucket.id, eventbridge: true });
    }
  }
}
