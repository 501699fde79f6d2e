import { Construct } from "constructs";
import type { OptOut } from "../acceptance.ts";
import { cleanUp } from "./bucket-lifecycle.ts";
import { bucketArn, privateBucket } from "./private-bucket.ts";

export interface PackageBucketProps {
  readonly bucketName: string;
  readonly kmsKeyArn: string;
  readonly accessLogBucketName: string;
  /** VPC endpoints through which hosts read. */
  readonly endpointIds: readonly string[];
  /** ARN patterns of the roles that read. */
  readonly readerArns: readonly string[];
  /** ARN patterns of the roles that publish, from outside the network. */
  readonly publisherArns: readonly string[];
  /** ARN patterns of the only roles that may take away what was replaced, and so empty the bucket. */
  readonly breakGlassArns: readonly string[];
  readonly deletionProtection?: OptOut;
}

/**
 * The bucket from which hosts install: agents and the mirrored package repository.
 *
 * Refuses: reading by roles not named or past the endpoints, writing by anyone but publishers - who writes here runs
 * code on every host. Keeps replaced packages 90 days, so that a host can go back.
 */
export class PackageBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PackageBucketProps) {
    super(scope, id);
    this.bucketName = props.bucketName;
    this.arn = bucketArn(props.bucketName);
    const objects = [`${this.arn}/*`];
    const read = ["s3:GetObject", "s3:GetObjectVersion"];
    privateBucket(this, {
      bucketName: props.bucketName,
      encryption: { kmsKeyArn: props.kmsKeyArn },
      lifecycleRules: [cleanUp({ id: "replaced", prefix: "", noncurrentDays: 90 })],
      statements: [
        {
          sid: "OnlyPublishersWrite",
          effect: "Deny",
          principals: "*",
          actions: ["s3:DeleteObject", "s3:PutObject"],
          resources: objects,
          conditions: { ArnNotLike: { "aws:PrincipalArn": [...props.publisherArns, ...props.breakGlassArns] } },
        },
        {
          sid: "OnlyBreakGlassEmpties",
          effect: "Deny",
          principals: "*",
          actions: ["s3:DeleteObjectVersion"],
          resources: objects,
          conditions: { ArnNotLike: { "aws:PrincipalArn": props.breakGlassArns } },
        },
        {
          sid: "OnlyNamedRolesRead",
          effect: "Deny",
          principals: "*",
          actions: read,
          resources: objects,
          conditions: { ArnNotLike: { "aws:PrincipalArn": [...props.readerArns, ...props.publisherArns] } },
        },
        {
          sid: "HostsReadThroughTheEndpoint",
          effect: "Deny",
          principals: "*",
          actions: read,
          resources: objects,
          conditions: {
            ArnNotLike: { "aws:PrincipalArn": props.publisherArns },
            StringNotEquals: { "aws:SourceVpce": props.endpointIds },
          },
        },
      ],
      accessLogBucketName: props.accessLogBucketName,
      deletionProtection: props.deletionProtection,
    });
  }
}
