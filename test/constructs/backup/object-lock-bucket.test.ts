import { describe, expect, test } from "vitest";
import type { BackupPrefix } from "../../../constructs/backup/backup-prefix.ts";
import { ObjectLockBucket, type ObjectLockBucketProps } from "../../../constructs/backup/object-lock-bucket.ts";
import { synth } from "../../support/synth.ts";
import { breakGlassArns, denyBut, roleArn, statementsOf } from "../keys/statements.ts";

const arn = "arn:aws:s3:::example-vault";
const dumps: BackupPrefix = {
  kind: "dumps",
  prefix: "orders/daily/",
  expireAfterDays: 35,
  writerArns: [roleArn("orders-dump")],
  readerArns: [roleArn("orders-restore")],
};
const repository: BackupPrefix = {
  kind: "pgbackrest",
  prefix: "tickets/",
  writerArns: [roleArn("tickets-db")],
  readerArns: [roleArn("tickets-db"), roleArn("drill")],
};
const mirror: BackupPrefix = {
  kind: "mirror",
  prefix: "pictures/",
  writerArns: [roleArn("shop-files")],
  readerArns: [roleArn("shop-restore")],
};

const make = (props: Partial<ObjectLockBucketProps> = {}) =>
  synth((scope) => {
    new ObjectLockBucket(scope, "vault", {
      bucketName: "example-vault",
      region: "eu-central-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      lock: { mode: "COMPLIANCE", days: 30 },
      prefixes: [dumps, repository, mirror],
      breakGlassArns,
      accessLogBucketName: "example-logs",
      ...props,
    });
  });
const policy = statementsOf(make().one("aws_s3_bucket_policy").args.policy);

describe("a locked backup bucket", () => {
  test("locks every version for the given days and logs who touches it [TKT-7.4]", () => {
    const stack = make();
    expect(stack.one("aws_s3_bucket").args.object_lock_enabled).toBe(true);
    expect(stack.one("aws_s3_bucket_object_lock_configuration").args.rule).toEqual({
      default_retention: { days: 30, mode: "COMPLIANCE" },
    });
    expect(stack.one("aws_s3_bucket_logging").args.target_bucket).toBe("example-logs");
  });

  test("ends dumps after their lock, whole, and never a current object of a repository or a mirror", () => {
    const old = (id: string, prefix: string, noncurrentDays = 30) => ({
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      expiration: [{ expired_object_delete_marker: true }],
      filter: [{ prefix }],
      id,
      noncurrent_version_expiration: [{ noncurrent_days: noncurrentDays }],
      status: "Enabled",
    });
    expect(make().one("aws_s3_bucket_lifecycle_configuration").args.rule).toEqual([
      {
        expiration: [{ days: 35 }],
        filter: [{ prefix: "orders/daily/" }],
        id: "orders-daily-expire",
        status: "Enabled",
      },
      // Nobody deletes a dump by hand: no time to notice is needed, and none is paid for.
      old("orders-daily-old", "orders/daily/", 1),
      old("tickets-old", "tickets/"),
      old("pictures-old", "pictures/"),
    ]);
  });

  test("lets break-glass roles alone change what guards it", () => {
    expect(policy["OnlyBreakGlassConfigures"]).toEqual(
      denyBut(
        breakGlassArns,
        [
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:PutBucketAcl",
          "s3:PutBucketLogging",
          "s3:PutBucketObjectLockConfiguration",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
          "s3:PutReplicationConfiguration",
        ],
        [arn],
      ),
    );
  });

  test("lets no writer delete a version, shorten a lock or lengthen one", () => {
    expect(policy["OnlyBreakGlassTouchesLocks"]).toEqual(
      denyBut(
        breakGlassArns,
        ["s3:BypassGovernanceRetention", "s3:DeleteObjectVersion", "s3:PutObjectLegalHold", "s3:PutObjectRetention"],
        [`${arn}/*`],
      ),
    );
  });

  test("keeps each prefix to its own writers and readers; dumps are never deleted by a writer", () => {
    const orders = [`${arn}/orders/daily/*`];
    const tickets = [`${arn}/tickets/*`];
    const pictures = [`${arn}/pictures/*`];
    const read = ["s3:GetObject", "s3:GetObjectVersion"];
    expect(policy).toMatchObject({
      Prefix0Write: denyBut([roleArn("orders-dump"), ...breakGlassArns], ["s3:PutObject"], orders),
      Prefix0Delete: denyBut(breakGlassArns, ["s3:DeleteObject"], orders),
      Prefix0Read: denyBut([roleArn("orders-restore"), ...breakGlassArns], read, orders),
      Prefix1Write: denyBut([roleArn("tickets-db"), ...breakGlassArns], ["s3:PutObject"], tickets),
      Prefix1Delete: denyBut([roleArn("tickets-db"), ...breakGlassArns], ["s3:DeleteObject"], tickets),
      Prefix1Read: denyBut([roleArn("tickets-db"), roleArn("drill"), ...breakGlassArns], read, tickets),
      Prefix2Write: denyBut([roleArn("shop-files"), ...breakGlassArns], ["s3:PutObject"], pictures),
      Prefix2Delete: denyBut([roleArn("shop-files"), ...breakGlassArns], ["s3:DeleteObject"], pictures),
      Prefix2Read: denyBut([roleArn("shop-restore"), ...breakGlassArns], read, pictures),
    });
  });

  test("takes nothing outside its prefixes, where no lifecycle would end it", () => {
    expect(policy["NothingOutsideThePrefixes"]).toEqual({
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:PutObject"],
      NotResource: [arn, `${arn}/orders/daily/*`, `${arn}/tickets/*`, `${arn}/pictures/*`],
      Condition: { ArnNotLike: { "aws:PrincipalArn": breakGlassArns } },
    });
  });

  test("takes replicas from its own replication alone, and a source from none", () => {
    const actions = ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"];
    expect(policy["OnlyReplicatorsReplicate"]).toEqual(denyBut(breakGlassArns, actions, [`${arn}/*`]));
    const replica = make({ replicatorArns: [roleArn("copy")] });
    expect(statementsOf(replica.one("aws_s3_bucket_policy").args.policy)["OnlyReplicatorsReplicate"]).toEqual(
      denyBut([roleArn("copy"), ...breakGlassArns], actions, [`${arn}/*`]),
    );
  });

  test("fails when a dump would end before its lock", () => {
    expect(() => make({ prefixes: [{ ...dumps, expireAfterDays: 30 }] })).toThrow(
      "orders/daily/: expireAfterDays must exceed the lock of 30 days, got 30",
    );
  });

  test("fails when a prefix is no folder, the lock has no days or nobody can break the glass", () => {
    expect(() => make({ prefixes: [{ ...repository, prefix: "tickets" }] })).toThrow(
      'prefix: must be lower-case folders that end in a slash, got "tickets"',
    );
    expect(() => make({ lock: { mode: "GOVERNANCE", days: 0 } })).toThrow(
      "test/vault: lock.days must be a whole number >= 1, got 0",
    );
    expect(() => make({ breakGlassArns: [] })).toThrow(
      "policy OnlyBreakGlassConfigures: ArnNotLike aws:PrincipalArn must have at least one value, got none",
    );
  });
});
