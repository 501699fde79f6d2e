import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { type PrivateBucketProps, privateBucket } from "../../../constructs/data/private-bucket.ts";
import { synth } from "../../support/synth.ts";
import { statementsOf } from "../keys/statements.ts";

const arn = "arn:aws:s3:::example";
const key = "arn:aws:kms:eu-central-1:111111111111:key/example";
const bucket = `\${aws_s3_bucket.files_bucket.id}`;

const make = (props: Partial<PrivateBucketProps> = {}) =>
  synth((scope) => {
    privateBucket(new Construct(scope, "files"), {
      bucketName: "example",
      encryption: { kmsKeyArn: key },
      lifecycleRules: [{ id: "all", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 90 }] }],
      statements: [],
      ...props,
    });
  });

const policyOf = (props: Partial<PrivateBucketProps> = {}) =>
  statementsOf(make(props).one("aws_s3_bucket_policy").args.policy);

describe("a private bucket", () => {
  test("is versioned, private, owned by its account and kept by Terraform", () => {
    const stack = make();
    expect(stack.one("aws_s3_bucket").args).toEqual({
      bucket: "example",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
      object_lock_enabled: false,
    });
    expect(stack.one("aws_s3_bucket_versioning").args).toEqual({
      bucket,
      versioning_configuration: { status: "Enabled" },
    });
    expect(stack.one("aws_s3_bucket_public_access_block").args).toEqual({
      block_public_acls: true,
      block_public_policy: true,
      bucket,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(stack.one("aws_s3_bucket_ownership_controls").args).toEqual({
      bucket,
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  test("encrypts with its own key and one data key per bucket", () => {
    expect(make().one("aws_s3_bucket_server_side_encryption_configuration").args).toEqual({
      bucket,
      rule: [
        {
          apply_server_side_encryption_by_default: { kms_master_key_id: key, sse_algorithm: "aws:kms" },
          bucket_key_enabled: true,
        },
      ],
    });
  });

  test("denies clear text and TLS below 1.2 to everyone", () => {
    const policy = policyOf();
    const everything = { Effect: "Deny", Principal: "*", Action: ["s3:*"], Resource: [arn, `${arn}/*`] };
    expect(policy["DenyClearText"]).toEqual({
      ...everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(policy["DenyOldTls"]).toEqual({
      ...everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    });
  });

  test("denies a put that names another encryption, and lets one pass that names none", () => {
    const policy = policyOf();
    const put = { Effect: "Deny", Principal: "*", Action: ["s3:PutObject"], Resource: [`${arn}/*`] };
    const algorithm = "s3:x-amz-server-side-encryption";
    const keyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";
    expect(policy["DenyOtherEncryption"]).toEqual({
      ...put,
      Condition: { Null: { [algorithm]: "false" }, StringNotEquals: { [algorithm]: "aws:kms" } },
    });
    expect(policy["DenyOtherKey"]).toEqual({
      ...put,
      Condition: { Null: { [keyId]: "false" }, StringNotEquals: { [keyId]: [key] } },
    });
    expect(policy["DenyAwsManagedKey"]).toEqual({
      ...put,
      Condition: { StringEquals: { [algorithm]: "aws:kms" }, Null: { [keyId]: "true" } },
    });
    expect(policy["DenyCustomerProvidedKey"]).toEqual({
      ...put,
      Condition: { Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" } },
    });
  });

  test("takes SSE-S3 where the writer refuses KMS, and then still no key of a caller", () => {
    const stack = make({ encryption: "sse-s3" });
    expect(stack.one("aws_s3_bucket_server_side_encryption_configuration").args.rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
    expect(Object.keys(statementsOf(stack.one("aws_s3_bucket_policy").args.policy))).toEqual([
      "DenyClearText",
      "DenyOldTls",
      "DenyCustomerProvidedKey",
    ]);
  });

  test("gets its policy last, so that a guard in it does not hinder the settings before", () => {
    const stack = make({ objectLock: { mode: "GOVERNANCE", days: 7 }, accessLogBucketName: "example-logs" });
    expect(stack.one("aws_s3_bucket_policy").args.depends_on).toEqual([
      "aws_s3_bucket_versioning.files_versioning",
      "aws_s3_bucket_server_side_encryption_configuration.files_encryption",
      "aws_s3_bucket_public_access_block.files_public-access",
      "aws_s3_bucket_ownership_controls.files_ownership",
      "aws_s3_bucket_lifecycle_configuration.files_lifecycle",
      "aws_s3_bucket_object_lock_configuration.files_lock",
      "aws_s3_bucket_logging.files_logging",
    ]);
    expect(stack.one("aws_s3_bucket_logging").args).toEqual({
      bucket,
      target_bucket: "example-logs",
      target_prefix: "s3/example/",
    });
  });
});
