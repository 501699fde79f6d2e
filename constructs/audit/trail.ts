import { Cloudtrail, type CloudtrailAdvancedEventSelector } from "@cdktf/provider-aws/lib/cloudtrail/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { ServiceRole } from "../identity/service-role.ts";
import type { LogBucket } from "./log-bucket.ts";
import type { LogGroup } from "./log-group.ts";

/** Reads and writes of objects that the trail records beside calls to AWS itself. */
export interface RecordedObjects {
  /** For the person who reads the selector. */
  readonly name: string;
  /** ARN beginnings of buckets and objects: `arn:aws:s3:::shop-vault-`. */
  readonly arnPrefixes: readonly string[];
  /** Leaves out puts: of a log bucket, where each delivery would cause the next. Default false. */
  readonly exceptPuts?: boolean;
}

export interface TrailProps {
  /** Of trail, role and policy. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** A locked bucket of kind `trail`, whose policy knows the trail by `trailArn`. */
  readonly bucket: LogBucket;
  /** Where events go too, within minutes, for alarms. */
  readonly logGroup: LogGroup;
  readonly kmsKeyArn: string;
  readonly objects: readonly RecordedObjects[];
  /** Default: Terraform refuses to destroy the trail. */
  readonly deletionProtection?: OptOut;
}

/** ARN of a trail by its name, before it exists: its bucket's policy comes first. */
export const trailArn = (region: string, accountId: string, name: string): string =>
  `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;

/**
 * The trail of an account: every call to AWS in every region, and reads and writes of the given objects.
 *
 * Refuses: destruction. Defaults to: all regions and global services, digests that prove the files whole, every management
 * event, reads of secrets and uses of keys among them (NOD-2.8). The first copy of management events is free; data
 * events are paid by the event, hence named. No insights: GuardDuty looks for unusual calls already.
 */
export class Trail extends Construct {
  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    const { name, accountId, region, logGroup } = props;
    // CloudTrail names its streams so, and needs no others.
    const streams = `arn:aws:logs:${region}:${accountId}:log-group:${logGroup.name}:log-stream:${accountId}_CloudTrail_${region}*`;
    const role = new ServiceRole(this, "to-log-group", {
      name,
      description: "Writes the trail to its log group",
      // No condition on the source: CloudTrail tries the role when the trail is made, and is not known to send one.
      trust: {
        sid: "Trail",
        effect: "Allow",
        principals: { services: ["cloudtrail.amazonaws.com"] },
        actions: ["sts:AssumeRole"],
      },
      statements: [
        { sid: "WriteStreams", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [streams] },
      ],
    });
    new Cloudtrail(this, "trail", {
      name,
      s3BucketName: props.bucket.bucketName,
      cloudWatchLogsGroupArn: `${logGroup.arn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      kmsKeyId: props.kmsKeyArn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      advancedEventSelector: [
        { name: "Calls to AWS", fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }] },
        ...props.objects.map(objectSelector),
      ],
      tags: { Name: name },
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
      // CloudTrail writes a test file and a test stream at once.
      dependsOn: [props.bucket.ready, ...role.permissions],
    });
  }
}

const objectSelector = ({ name, arnPrefixes, exceptPuts }: RecordedObjects): CloudtrailAdvancedEventSelector => ({
  name,
  fieldSelector: [
    { field: "eventCategory", equalTo: ["Data"] },
    { field: "resources.type", equalTo: ["AWS::S3::Object"] },
    { field: "resources.ARN", startsWith: [...arnPrefixes] },
    ...(exceptPuts === true ? [{ field: "eventName", notEquals: ["PutObject"] }] : []),
  ],
});
