import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { describe, expect, test } from "vitest";
import type { BackupPrefix } from "../../../constructs/backup/backup-prefix.ts";
import { ObjectLockBucket } from "../../../constructs/backup/object-lock-bucket.ts";
import { Replication } from "../../../constructs/backup/replication.ts";
import { synth } from "../../support/synth.ts";
import { breakGlassArns, roleArn, statementsOf } from "../keys/statements.ts";

const access = { writerArns: [roleArn("writer")], readerArns: [roleArn("reader")] };
const prefixes: readonly BackupPrefix[] = [
  { kind: "dumps", prefix: "orders/daily/", expireAfterDays: 35, ...access },
  { kind: "pgbackrest", prefix: "tickets/", ...access },
  { kind: "mirror", prefix: "pictures/", ...access },
];

const make = (replicaRegion = "eu-west-1", replicaPrefixes = prefixes) =>
  synth((scope) => {
    const copy = new AwsProvider(scope, "aws-copy", { region: "eu-west-1", alias: "copy" });
    const common = {
      lock: { mode: "COMPLIANCE", days: 30 },
      breakGlassArns,
      accessLogBucketName: "example-logs",
    } as const;
    const source = new ObjectLockBucket(scope, "vault", {
      ...common,
      bucketName: "example-vault",
      region: "eu-central-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/here",
      prefixes,
    });
    const replica = new ObjectLockBucket(scope, "copy", {
      ...common,
      bucketName: "example-copy",
      region: replicaRegion,
      kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/there",
      prefixes: replicaPrefixes,
      provider: copy,
    });
    new Replication(scope, "replication", { source, replica, roleName: "example-replication" });
  });

describe("replication of a locked bucket", () => {
  test("copies every prefix under the other region's key, deletions only of a repository or a mirror", () => {
    const destination = {
      bucket: "arn:aws:s3:::example-copy",
      encryption_configuration: { replica_kms_key_id: "arn:aws:kms:eu-west-1:111111111111:key/there" },
      metrics: { status: "Enabled" },
    };
    const common = {
      destination,
      source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
      status: "Enabled",
    };
    expect(make().one("aws_s3_bucket_replication_configuration").args.rule).toEqual([
      {
        ...common,
        delete_marker_replication: { status: "Disabled" },
        filter: { prefix: "orders/daily/" },
        id: "orders-daily",
        priority: 1,
      },
      {
        ...common,
        delete_marker_replication: { status: "Enabled" },
        filter: { prefix: "tickets/" },
        id: "tickets",
        priority: 2,
      },
      {
        ...common,
        delete_marker_replication: { status: "Enabled" },
        filter: { prefix: "pictures/" },
        id: "pictures",
        priority: 3,
      },
    ]);
  });

  test("puts every part of the replica into the other region, locked too", () => {
    const replica = make()
      .all()
      .filter(({ name }) => name.startsWith("copy_"));
    expect(replica.map(({ type }) => type)).toContain("aws_s3_bucket_object_lock_configuration");
    expect(new Set(replica.map(({ args }) => args.provider))).toEqual(new Set(["aws.copy"]));
  });

  test("runs as a role that only S3 takes and that only copies, from this bucket to that one", () => {
    const stack = make();
    expect(statementsOf(stack.one("aws_iam_role").args.assume_role_policy)).toEqual({
      S3CopiesThisBucket: {
        Effect: "Allow",
        Principal: { Service: ["s3.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
      },
    });
    expect(statementsOf(stack.one("aws_iam_role_policy").args.policy)).toEqual({
      ReadConfiguration: {
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: ["arn:aws:s3:::example-vault"],
      },
      ReadVersions: {
        Effect: "Allow",
        Action: [
          "s3:GetObjectLegalHold",
          "s3:GetObjectRetention",
          "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionForReplication",
          "s3:GetObjectVersionTagging",
        ],
        Resource: ["arn:aws:s3:::example-vault/*"],
      },
      WriteReplicas: {
        Effect: "Allow",
        Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
        Resource: ["arn:aws:s3:::example-copy/*"],
      },
      DecryptThere: {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: ["arn:aws:kms:eu-central-1:111111111111:key/here"],
        Condition: { StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com"] } },
      },
      EncryptHere: {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:GenerateDataKey"],
        Resource: ["arn:aws:kms:eu-west-1:111111111111:key/there"],
        Condition: { StringEquals: { "kms:ViaService": ["s3.eu-west-1.amazonaws.com"] } },
      },
    });
  });

  test("is configured after both buckets' versioning and before the policy that would forbid it", () => {
    const stack = make();
    const policies = stack.all("aws_s3_bucket_policy");
    expect(stack.one("aws_s3_bucket_replication_configuration").args.depends_on).toEqual([
      "aws_iam_role_policy.replication_role_policy",
      "aws_s3_bucket_versioning.vault_versioning",
      "aws_s3_bucket_versioning.copy_versioning",
    ]);
    const guard = policies.find(({ name }) => name === "vault_policy");
    expect(guard?.args.depends_on).toContain("aws_s3_bucket_replication_configuration.replication_configuration");
  });

  test("fails when the copy stays in the region or the replica lacks a prefix", () => {
    expect(() => make("eu-central-1")).toThrow(
      "test/replication: the replica must be in another region, got eu-central-1 twice",
    );
    expect(() => make("eu-west-1", prefixes.slice(0, 1))).toThrow(
      'test/replication: the replica must declare prefix "tickets/" too',
    );
  });
});
