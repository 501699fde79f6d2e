import { describe, expect, test } from "vitest";
import { LogBucket } from "../../../constructs/audit/log-bucket.ts";
import { LogGroup } from "../../../constructs/audit/log-group.ts";
import { Trail, type TrailProps, trailArn } from "../../../constructs/audit/trail.ts";
import { synth } from "../../support/synth.ts";
import { accountId, breakGlassArns } from "../keys/statements.ts";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/record";
const region = "eu-central-1";
const make = (changed: Partial<TrailProps> = {}) =>
  synth((scope) => {
    const bucket = new LogBucket(scope, "files", {
      kind: "trail",
      bucketName: "example-trail",
      trailArn: trailArn(region, accountId, "shop-trail"),
      lockMode: "COMPLIANCE",
      kmsKeyArn,
      accessLogBucketName: "example-access",
      accountId,
      breakGlassArns,
      retentionDays: 400,
    });
    const logGroup = new LogGroup(scope, "events", { name: "/test/trail", kmsKeyArn, retentionDays: 90 });
    const objects = [
      { name: "Backups", arnPrefixes: ["arn:aws:s3:::shop-vault-"] },
      { name: "Logs", arnPrefixes: ["arn:aws:s3:::example-trail/"], exceptPuts: true },
    ];
    new Trail(scope, "trail", {
      name: "shop-trail",
      accountId,
      region,
      bucket,
      logGroup,
      kmsKeyArn,
      objects,
      ...changed,
    });
  });

describe("a trail", () => {
  test("records every call in every region, with digests, under its key [NOD-2.8, NOD-5.5]", () => {
    const { advanced_event_selector: selectors, ...trail } = make().one("aws_cloudtrail").args;

    expect(trail).toEqual({
      name: "shop-trail",
      s3_bucket_name: "example-trail",
      cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.events_log-group.arn}:*",
      cloud_watch_logs_role_arn: "${aws_iam_role.trail_to-log-group_role.arn}",
      kms_key_id: kmsKeyArn,
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_log_file_validation: true,
      enable_logging: true,
      tags: { Name: "shop-trail" },
      lifecycle: { prevent_destroy: true },
      depends_on: ["aws_s3_bucket_policy.files_policy", "aws_iam_role_policy.trail_to-log-group_policy"],
    });
    expect(selectors[0]).toEqual({
      name: "Calls to AWS",
      field_selector: [{ field: "eventCategory", equals: ["Management"] }],
    });
  });

  test("records the named objects too, and of log buckets no puts, which it would cause itself", () => {
    const ofObjects = (prefix: string) => [
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      { field: "resources.ARN", starts_with: [prefix] },
    ];

    expect(make().one("aws_cloudtrail").args.advanced_event_selector.slice(1)).toEqual([
      { name: "Backups", field_selector: ofObjects("arn:aws:s3:::shop-vault-") },
      {
        name: "Logs",
        field_selector: [
          ...ofObjects("arn:aws:s3:::example-trail/"),
          { field: "eventName", not_equals: ["PutObject"] },
        ],
      },
    ]);
  });

  test("writes to its own streams of its log group and nothing else", () => {
    const stack = make();

    expect(JSON.parse(stack.one("aws_iam_role").args.assume_role_policy).Statement[0]).toEqual({
      Sid: "Trail",
      Effect: "Allow",
      Principal: { Service: ["cloudtrail.amazonaws.com"] },
      Action: ["sts:AssumeRole"],
    });
    expect(JSON.parse(stack.one("aws_iam_role_policy").args.policy).Statement).toEqual([
      {
        Sid: "WriteStreams",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [
          "arn:aws:logs:eu-central-1:111111111111:log-group:/test/trail:log-stream:111111111111_CloudTrail_eu-central-1*",
        ],
      },
    ]);
  });

  test("can be destroyed only with a stated reason", () => {
    const deletionProtection = { enabled: false, reason: "Short-lived test account", until: "2027-03-31" } as const;
    expect(make({ deletionProtection }).one("aws_cloudtrail").args.lifecycle).toEqual({ prevent_destroy: false });
  });
});
