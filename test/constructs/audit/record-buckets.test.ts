import { describe, expect, test } from "vitest";
import { LogBucket } from "../../../constructs/audit/log-bucket.ts";
import { synth } from "../../support/synth.ts";
import { accountId, breakGlassArns, denyBut, statementsOf } from "../keys/statements.ts";

const common = {
  accountId,
  breakGlassArns,
  retentionDays: 400,
  kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/record",
  accessLogBucketName: "example-access",
};
const policyOf = (stack: ReturnType<typeof synth>) => statementsOf(stack.one("aws_s3_bucket_policy").args.policy);

describe("a bucket of a trail", () => {
  const arn = "arn:aws:s3:::example-trail";
  const trailArn = "arn:aws:cloudtrail:eu-central-1:111111111111:trail/shop-trail";
  const make = () =>
    synth((scope) => {
      new LogBucket(scope, "logs", {
        kind: "trail",
        bucketName: "example-trail",
        trailArn,
        lockMode: "COMPLIANCE",
        ...common,
      });
    });

  test("locks each file for the whole retention, and ends it a day later", () => {
    const stack = make();

    expect(stack.one("aws_s3_bucket").args.object_lock_enabled).toBe(true);
    expect(stack.one("aws_s3_bucket_object_lock_configuration").args.rule).toEqual({
      default_retention: { mode: "COMPLIANCE", days: 400 },
    });
    expect(stack.one("aws_s3_bucket_lifecycle_configuration").args.rule[0].expiration).toEqual([{ days: 401 }]);
  });

  test("admits that trail and no other writer, whoever allows it", () => {
    expect(policyOf(make())).toMatchObject({
      TrailLooks: {
        Principal: { Service: ["cloudtrail.amazonaws.com"] },
        Action: ["s3:GetBucketAcl"],
        Resource: [arn],
        Condition: { StringEquals: { "aws:SourceArn": trailArn } },
      },
      TrailWrites: {
        Principal: { Service: ["cloudtrail.amazonaws.com"] },
        Action: ["s3:PutObject"],
        Resource: [`${arn}/AWSLogs/111111111111/*`],
        Condition: {
          StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
        },
      },
      OnlyTheTrailWrites: {
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:PutObject"],
        Resource: [`${arn}/*`],
        Condition: { StringNotEquals: { "aws:PrincipalServiceName": "cloudtrail.amazonaws.com" } },
      },
    });
  });

  test("takes digests, which CloudTrail never encrypts with the key of its logs", () => {
    expect(policyOf(make())["DenyOtherEncryption"]).toMatchObject({
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": ["aws:kms", "AES256"] } },
    });
  });

  test("keeps lock, history and policy from everyone but break-glass roles", () => {
    expect(policyOf(make())["OnlyBreakGlassConfigures"]).toEqual(
      denyBut(
        breakGlassArns,
        [
          "s3:BypassGovernanceRetention",
          "s3:DeleteBucketPolicy",
          "s3:PutBucketObjectLockConfiguration",
          "s3:PutBucketPolicy",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
          "s3:PutObjectLegalHold",
          "s3:PutObjectRetention",
        ],
        [arn, `${arn}/*`],
      ),
    );
  });
});

describe("a bucket of AWS Config", () => {
  const arn = "arn:aws:s3:::example-config";
  const make = () =>
    synth((scope) => void new LogBucket(scope, "logs", { kind: "config", bucketName: "example-config", ...common }));

  test("is encrypted under the key and not locked, for Config refuses a default lock", () => {
    const stack = make();

    expect(stack.all("aws_s3_bucket_object_lock_configuration")).toEqual([]);
    expect(
      stack.one("aws_s3_bucket_server_side_encryption_configuration").args.rule[0]
        .apply_server_side_encryption_by_default,
    ).toEqual({ sse_algorithm: "aws:kms", kms_master_key_id: common.kmsKeyArn });
  });

  test("admits Config for this account alone, into its own folder", () => {
    const source = { "aws:SourceAccount": accountId };
    expect(policyOf(make())).toMatchObject({
      ConfigLooks: {
        Principal: { Service: ["config.amazonaws.com"] },
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: [arn],
        Condition: { StringEquals: source },
      },
      ConfigWrites: {
        Principal: { Service: ["config.amazonaws.com"] },
        Action: ["s3:PutObject"],
        Resource: [`${arn}/AWSLogs/111111111111/Config/*`],
        Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
    });
    expect(policyOf(make())["DenyOtherEncryption"]).toMatchObject({
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    });
  });
});
