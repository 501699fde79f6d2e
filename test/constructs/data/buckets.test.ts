import { describe, expect, test } from "vitest";
import { PackageBucket } from "../../../constructs/data/package-bucket.ts";
import { StateBucket } from "../../../constructs/data/state-bucket.ts";
import { synth } from "../../support/synth.ts";
import { breakGlassArns, denyBut, roleArn, statementsOf } from "../keys/statements.ts";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/example";
const kmsAliasArn = "arn:aws:kms:eu-central-1:111111111111:alias/example";

describe("the state bucket", () => {
  const make = (historyDays?: number) =>
    synth((scope) => {
      new StateBucket(scope, "state", {
        bucketName: "example-state",
        kmsKeyArn,
        kmsAliasArn,
        breakGlassArns,
        ...(historyDays === undefined ? {} : { historyDays }),
      });
    });

  test("keeps replaced states for a year and never expires a current one", () => {
    expect(make().one("aws_s3_bucket_lifecycle_configuration").args.rule).toEqual([
      {
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        expiration: [{ expired_object_delete_marker: true }],
        filter: [{ prefix: "" }],
        id: "history",
        noncurrent_version_expiration: [{ noncurrent_days: 365 }],
        status: "Enabled",
      },
    ]);
  });

  test("lets break-glass roles alone delete history, while a lock file can be released", () => {
    const arn = "arn:aws:s3:::example-state";
    const policy = statementsOf(make().one("aws_s3_bucket_policy").args.policy);
    expect(policy["OnlyBreakGlassDeletesHistory"]).toEqual(
      denyBut(
        breakGlassArns,
        ["s3:DeleteBucket", "s3:DeleteObjectVersion", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration"],
        [arn, `${arn}/*`],
      ),
    );
  });

  test("takes its key under either name: a backend knows the alias only", () => {
    const policy = statementsOf(make().one("aws_s3_bucket_policy").args.policy);
    expect(policy["DenyOtherKey"]).toMatchObject({
      Condition: {
        StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": [kmsKeyArn, kmsAliasArn] },
      },
    });
  });

  test("fails when the history is shorter than 90 days", () => {
    expect(() => make(30)).toThrow("test/state: historyDays must be >= 90, got 30");
  });
});

describe("the package bucket", () => {
  const arn = "arn:aws:s3:::example-packages";
  const publisherArns = [roleArn("publish")];
  const breakGlassArns = [roleArn("break-glass")];
  const stack = synth((scope) => {
    new PackageBucket(scope, "packages", {
      bucketName: "example-packages",
      kmsKeyArn,
      accessLogBucketName: "example-logs",
      endpointIds: ["vpce-0123456789abcdef0"],
      readerArns: [roleArn("host-*")],
      publisherArns,
      breakGlassArns,
    });
  });
  const policy = statementsOf(stack.one("aws_s3_bucket_policy").args.policy);
  const read = ["s3:GetObject", "s3:GetObjectVersion"];

  test("takes packages from publishers alone, and lets nobody but break-glass take away what was replaced", () => {
    expect(policy["OnlyPublishersWrite"]).toEqual(
      denyBut([...publisherArns, ...breakGlassArns], ["s3:DeleteObject", "s3:PutObject"], [`${arn}/*`]),
    );
    expect(policy["OnlyBreakGlassEmpties"]).toEqual(denyBut(breakGlassArns, ["s3:DeleteObjectVersion"], [`${arn}/*`]));
  });

  test("serves named roles, and hosts only through the endpoint", () => {
    expect(policy["OnlyNamedRolesRead"]).toEqual(denyBut([roleArn("host-*"), ...publisherArns], read, [`${arn}/*`]));
    expect(policy["HostsReadThroughTheEndpoint"]).toEqual({
      Effect: "Deny",
      Principal: "*",
      Action: read,
      Resource: [`${arn}/*`],
      Condition: {
        ArnNotLike: { "aws:PrincipalArn": publisherArns },
        StringNotEquals: { "aws:SourceVpce": ["vpce-0123456789abcdef0"] },
      },
    });
  });
});
