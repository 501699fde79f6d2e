import { describe, expect, test } from "vitest";
import type { ObjectPrefix } from "../../../constructs/data/object-statements.ts";
import { ObjectStore, type ObjectStoreProps } from "../../../constructs/data/object-store.ts";
import { synth } from "../../support/synth.ts";
import { accountId, breakGlassArns, roleArn, statementsOf } from "../keys/statements.ts";

const arn = "arn:aws:s3:::example-uploads";
const [api, worker, purge] = [roleArn("api"), roleArn("worker"), roleArn("purge")];
const backup = { copyArn: roleArn("copy"), restoreArn: roleArn("restore") };
const inbox: ObjectPrefix = {
  name: "inbox",
  expireAfterDays: 7,
  readerArns: [worker],
  writerArns: [api],
  deleterArns: [purge],
  served: false,
};
const kept: ObjectPrefix = {
  name: "kept",
  readerArns: [worker],
  writerArns: [worker],
  deleterArns: [purge],
  served: true,
};

const make = (props: Partial<ObjectStoreProps> = {}) =>
  synth((scope) => {
    new ObjectStore(scope, "uploads", {
      bucketName: "example-uploads",
      accountId,
      region: "eu-central-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/uploads",
      prefixes: [inbox, kept],
      noncurrentDays: 7,
      breakGlassArns,
      accessLogBucketName: "example-logs",
      ...props,
    });
  });
const policyOf = (props: Partial<ObjectStoreProps> = {}) =>
  statementsOf(make(props).one("aws_s3_bucket_policy").args.policy);
/** A denial to every role but these; services of AWS are not meant. */
const rolesBut = (spared: readonly string[], actions: readonly string[]) => ({
  Effect: "Deny",
  Principal: "*",
  Action: actions,
  Condition: {
    ArnNotLike: { "aws:PrincipalArn": [...spared, ...breakGlassArns] },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
});

describe("an object store", () => {
  test("opens each prefix to the roles named for it, for what is named and no more", () => {
    const policy = policyOf();
    const Resource = [`${arn}/inbox/*`];
    expect(policy["Prefix0Read"]).toEqual({
      ...rolesBut([worker], ["s3:GetObject", "s3:GetObjectVersion"]),
      Resource,
    });
    expect(policy["Prefix0Write"]).toEqual({ ...rolesBut([api], ["s3:PutObject"]), Resource });
    expect(policy["Prefix0Delete"]).toEqual({
      ...rolesBut([purge], ["s3:DeleteObject", "s3:DeleteObjectVersion"]),
      Resource,
    });
    expect(policy["Prefix1Write"]).toMatchObject({ Resource: [`${arn}/kept/*`] });
  });

  test("takes nothing outside its prefixes", () => {
    expect(policyOf()["NothingOutsideThePrefixes"]).toEqual({
      ...rolesBut([], ["s3:PutObject"]),
      NotResource: [arn, `${arn}/inbox/*`, `${arn}/kept/*`],
    });
  });

  test("can never be locked, so that what must be purged can be [MUN-SEC.2]", () => {
    const stack = make();
    expect(stack.one("aws_s3_bucket").args.object_lock_enabled).toBe(false);
    expect(stack.all("aws_s3_bucket_object_lock_configuration")).toEqual([]);
    expect(policyOf()["NeverLocked"]).toEqual({
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:PutBucketObjectLockConfiguration"],
      Resource: [arn],
    });
  });

  test("takes a signed address for as long as it says, and none where it says nothing", () => {
    const refusal = { Effect: "Deny", Principal: "*", Action: ["s3:*"], Resource: [arn, `${arn}/*`] };
    expect(policyOf({ signedForSeconds: 600 })["NoOldSignatures"]).toEqual({
      ...refusal,
      Condition: { NumericGreaterThan: { "s3:signatureAge": "600000" } },
    });
    expect(policyOf()["NoSignedAddresses"]).toEqual({
      ...refusal,
      Condition: { StringEquals: { "s3:authType": "REST-QUERY-STRING" } },
    });
  });

  test("is read by the account's distributions below what they serve, and nowhere else", () => {
    expect(policyOf()["DistributionsRead"]).toEqual({
      Effect: "Allow",
      Principal: { Service: ["cloudfront.amazonaws.com"] },
      Action: ["s3:GetObject"],
      Resource: [`${arn}/kept/*`],
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::111111111111:distribution/*" } },
    });
    expect(policyOf({ prefixes: [inbox] })).not.toHaveProperty("DistributionsRead");
  });

  test("lets AWS Backup read what it copies and write what it brings back, and tells it of changes", () => {
    const policy = policyOf({ backup });
    const { copyArn, restoreArn } = backup;
    const spared = (sid: string) => policy[sid] as { Condition: { ArnNotLike: Record<string, readonly string[]> } };
    expect(spared("Prefix0Read").Condition.ArnNotLike).toEqual({
      "aws:PrincipalArn": [worker, copyArn, restoreArn, ...breakGlassArns],
    });
    expect(spared("Prefix0Write").Condition.ArnNotLike).toEqual({
      "aws:PrincipalArn": [api, restoreArn, ...breakGlassArns],
    });
    expect(make({ backup }).one("aws_s3_bucket_notification").args).toEqual({
      bucket: `\${aws_s3_bucket.uploads_bucket.id}`,
      eventbridge: true,
    });
    expect(make().all("aws_s3_bucket_notification")).toEqual([]);
  });

  test("ends objects with their prefix, old versions after a week, and nothing else", () => {
    expect(make().one("aws_s3_bucket_lifecycle_configuration").args.rule).toEqual([
      {
        id: "old",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ expired_object_delete_marker: true }],
        noncurrent_version_expiration: [{ noncurrent_days: 7 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
      { id: "inbox", status: "Enabled", filter: [{ prefix: "inbox/" }], expiration: [{ days: 7 }] },
    ]);
    expect(make({ expireAfterDays: 400 }).one("aws_s3_bucket_lifecycle_configuration").args.rule[1]).toEqual({
      id: "all",
      status: "Enabled",
      filter: [{ prefix: "" }],
      expiration: [{ days: 400 }],
    });
  });

  test("logs who reads and writes, and carries the tags by which it is copied", () => {
    const stack = make({ tags: { backup: "shop/uploads" } });
    expect(stack.one("aws_s3_bucket_logging").args).toMatchObject({
      target_bucket: "example-logs",
      target_prefix: "s3/example-uploads/",
    });
    expect(stack.one("aws_s3_bucket").args.tags).toEqual({ backup: "shop/uploads" });
  });
});
