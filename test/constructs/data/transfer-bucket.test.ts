import { expect, test } from "vitest";
import { TransferBucket } from "../../../constructs/data/transfer-bucket.ts";
import { synth } from "../../support/synth.ts";
import { denyBut, roleArn, statementsOf } from "../keys/statements.ts";

const stack = synth((scope) => {
  new TransferBucket(scope, "transfer", {
    bucketName: "example-transfer",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
    accessLogBucketName: "example-logs",
    operatorArns: [roleArn("operator")],
    breakGlassArns: [roleArn("break-glass")],
  });
});

test("files on their way to hosts are put and fetched by operators alone, or by an address they signed, and emptied by break-glass", () => {
  expect(statementsOf(stack.one("aws_s3_bucket_policy").args.policy)["OnlyOperators"]).toEqual(
    denyBut(
      [roleArn("operator"), roleArn("break-glass")],
      ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
      ["arn:aws:s3:::example-transfer/*"],
    ),
  );
});

test("files on their way to hosts go after a day, and their versions a day later", () => {
  expect(
    stack
      .one("aws_s3_bucket_lifecycle_configuration")
      .args.rule.map(({ id, filter, expiration, noncurrent_version_expiration }: Record<string, unknown>) => ({
        id,
        filter,
        expiration,
        noncurrent_version_expiration,
      })),
  ).toEqual([
    { id: "files", filter: [{ prefix: "" }], expiration: [{ days: 1 }] },
    {
      id: "old",
      filter: [{ prefix: "" }],
      expiration: [{ expired_object_delete_marker: true }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    },
  ]);
});
