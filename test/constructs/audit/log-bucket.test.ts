import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { describe, expect, test } from "vitest";
import { LogBucket } from "../../../constructs/audit/log-bucket.ts";
import { synth } from "../../support/synth.ts";
import { accountId, breakGlassArns, denyBut, statementsOf } from "../keys/statements.ts";

const common = { accountId, breakGlassArns, retentionDays: 90 };
const access = (retentionDays = 90) =>
  synth((scope) => {
    new LogBucket(scope, "logs", { ...common, kind: "access", bucketName: "example-access", retentionDays });
  });
const delivery = () =>
  synth((scope) => {
    new LogBucket(scope, "logs", {
      ...common,
      kind: "delivery",
      bucketName: "example-flows",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      accessLogBucketName: "example-access",
    });
  });
const policyOf = (stack: ReturnType<typeof access>) => statementsOf(stack.one("aws_s3_bucket_policy").args.policy);

const deliveryInto = (arn: string) => ({
  AWSLogDeliveryWrite: {
    Effect: "Allow",
    Principal: { Service: ["delivery.logs.amazonaws.com"] },
    Action: ["s3:PutObject"],
    Resource: [
      `${arn}/AWSLogs/111111111111/*`,
      `${arn}/*/AWSLogs/111111111111/*`,
      `${arn}/AWSLogs/aws-account-id=111111111111/*`,
      `${arn}/*/AWSLogs/aws-account-id=111111111111/*`,
    ],
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId, "s3:x-amz-acl": "bucket-owner-full-control" },
      ArnLike: { "aws:SourceArn": "arn:aws:logs:*:111111111111:*" },
    },
  },
  AWSLogDeliveryAclCheck: {
    Effect: "Allow",
    Principal: { Service: ["delivery.logs.amazonaws.com"] },
    Action: ["s3:GetBucketAcl", "s3:ListBucket"],
    Resource: [arn],
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": "arn:aws:logs:*:111111111111:*" },
    },
  },
});

describe("a bucket of access logs", () => {
  const arn = "arn:aws:s3:::example-access";

  test("is encrypted by S3 and not locked, as its writers demand", () => {
    const stack = access();
    expect(stack.one("aws_s3_bucket").args.object_lock_enabled).toBe(false);
    expect(stack.all("aws_s3_bucket_object_lock_configuration")).toEqual([]);
    expect(stack.one("aws_s3_bucket_server_side_encryption_configuration").args.rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });

  test("admits load balancers of both kinds and buckets of this account", () => {
    expect(policyOf(access())).toMatchObject({
      ...deliveryInto(arn),
      LoadBalancersWrite: {
        Effect: "Allow",
        Principal: { Service: ["logdelivery.elasticloadbalancing.amazonaws.com"] },
        Action: ["s3:PutObject"],
        Resource: [`${arn}/AWSLogs/111111111111/*`, `${arn}/*/AWSLogs/111111111111/*`],
      },
      S3Writes: {
        Effect: "Allow",
        Principal: { Service: ["logging.s3.amazonaws.com"] },
        Action: ["s3:PutObject"],
        Resource: [`${arn}/s3/*`],
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
        },
      },
    });
  });

  test("keeps logs for the given days, and from deletion by anyone but break-glass roles", () => {
    expect(access().one("aws_s3_bucket_lifecycle_configuration").args.rule).toEqual([
      { expiration: [{ days: 90 }], filter: [{ prefix: "" }], id: "retention", status: "Enabled" },
      {
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        expiration: [{ expired_object_delete_marker: true }],
        filter: [{ prefix: "" }],
        id: "old",
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        status: "Enabled",
      },
    ]);
    expect(policyOf(access())["OnlyBreakGlassDeletes"]).toEqual(
      denyBut(breakGlassArns, ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"], [arn, `${arn}/*`]),
    );
  });

  test("fails when logs would be kept less than 30 days [TKT-4.15]", () => {
    expect(() => access(29)).toThrow("test/logs: retentionDays must be >= 30, got 29");
  });
});

test("a log bucket stands in its writers' region", () => {
  const stack = synth((scope) => {
    const provider = new AwsProvider(scope, "aws-copy", { region: "eu-west-1", alias: "copy" });
    new LogBucket(scope, "logs", { ...common, kind: "access", bucketName: "example-access", provider });
  });
  expect(new Set(stack.all().map(({ args }) => args.provider))).toEqual(new Set(["aws.copy"]));
});

describe("a bucket of delivered logs", () => {
  test("is encrypted under the given key and logs its own readers", () => {
    const stack = delivery();
    expect(stack.one("aws_s3_bucket_server_side_encryption_configuration").args.rule).toEqual([
      {
        apply_server_side_encryption_by_default: {
          kms_master_key_id: "arn:aws:kms:eu-central-1:111111111111:key/example",
          sse_algorithm: "aws:kms",
        },
        bucket_key_enabled: true,
      },
    ]);
    expect(stack.one("aws_s3_bucket_logging").args.target_bucket).toBe("example-access");
  });

  test("admits the log delivery service for this account and no writer of access logs", () => {
    const policy = policyOf(delivery());
    expect(policy).toMatchObject(deliveryInto("arn:aws:s3:::example-flows"));
    expect(Object.keys(policy)).not.toContain("LoadBalancersWrite");
    expect(Object.keys(policy)).not.toContain("S3Writes");
  });
});
