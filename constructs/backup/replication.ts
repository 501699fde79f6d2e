import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration/index.js";
import { Construct } from "constructs";
import type { Statement } from "../identity/policy-document.ts";
import { ServiceRole } from "../identity/service-role.ts";
import { through } from "../keys/key-use.ts";
import { type BackupPrefix, endedByWriter } from "./backup-prefix.ts";
import type { ObjectLockBucket } from "./object-lock-bucket.ts";

export interface ReplicationProps {
  readonly source: ObjectLockBucket;
  /** In another region, with the same prefixes and its own lock, key and lifecycle. */
  readonly replica: ObjectLockBucket;
  readonly roleName: string;
}

/**
 * Copies every prefix of a locked bucket to a locked bucket in another region, under that region's key.
 *
 * Refuses: one region for both, a prefix the replica does not know. Deletions of dumps are not copied; those of a
 * pgBackRest repository or a mirror are, as markers, since nothing else ever ends their objects.
 * Both buckets' keys must count the role among their users through S3, and the replica it alone among its replicators.
 */
export class Replication extends Construct {
  readonly roleArn: string;
  /** Ids of the rules, by which metrics tell them apart. */
  readonly ruleIds: readonly string[];

  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    const { source, replica } = props;
    if (source.region === replica.region) {
      throw new Error(`${this.node.path}: the replica must be in another region, got ${replica.region} twice`);
    }
    const lost = source.prefixes.find(({ prefix }) => !replica.prefixes.some((known) => known.prefix === prefix));
    if (lost !== undefined) {
      throw new Error(`${this.node.path}: the replica must declare prefix "${lost.prefix}" too`);
    }
    const role = new ServiceRole(this, "role", {
      name: props.roleName,
      description: `Copies ${source.bucketName} to ${replica.bucketName}`,
      trust: {
        sid: "S3CopiesThisBucket",
        effect: "Allow",
        principals: { services: ["s3.amazonaws.com"] },
        // No condition on the source: AWS documents none for this role, and one that is not sent would copy nothing. The
        // role reaches these two buckets alone, and only this account can hand it over.
        actions: ["sts:AssumeRole"],
      },
      statements: permissionsToCopy(source, replica),
    });
    const configuration = new S3BucketReplicationConfigurationA(this, "configuration", {
      ...(source.provider === undefined ? {} : { provider: source.provider }),
      bucket: source.bucketName,
      role: role.arn,
      rule: source.prefixes.map((backup, index) => ({
        id: ruleId(backup),
        priority: index + 1,
        status: "Enabled",
        filter: { prefix: backup.prefix },
        deleteMarkerReplication: { status: endedByWriter(backup) ? "Enabled" : "Disabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: {
          bucket: replica.arn,
          encryptionConfiguration: { replicaKmsKeyId: replica.kmsKeyArn },
          metrics: { status: "Enabled" },
        },
      })),
      dependsOn: [...role.permissions, source.versioning, replica.versioning],
    });
    source.guardAfter(configuration);
    this.roleArn = role.arn;
    this.ruleIds = source.prefixes.map(ruleId);
  }
}

const ruleId = ({ prefix }: BackupPrefix): string => prefix.slice(0, -1).replaceAll("/", "-");

/** What the role needs to read locked, encrypted versions there and to write them here; nothing in the other direction. */
function permissionsToCopy(source: ObjectLockBucket, replica: ObjectLockBucket): readonly Statement[] {
  return [
    {
      sid: "ReadConfiguration",
      actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      resources: [source.arn],
    },
    {
      sid: "ReadVersions",
      actions: [
        "s3:GetObjectLegalHold",
        "s3:GetObjectRetention",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionTagging",
      ],
      resources: [`${source.arn}/*`],
    },
    {
      sid: "WriteReplicas",
      actions: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      resources: [`${replica.arn}/*`],
    },
    {
      sid: "DecryptThere",
      actions: ["kms:Decrypt"],
      resources: [source.kmsKeyArn],
      conditions: through([source.region], "s3"),
    },
    {
      sid: "EncryptHere",
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resources: [replica.kmsKeyArn],
      conditions: through([replica.region], "s3"),
    },
  ];
}
