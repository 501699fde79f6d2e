import { describe, expect, test } from "vitest";
import { ConfigRecorder } from "../../../constructs/audit/config-recorder.ts";
import { conformanceRules } from "../../../constructs/audit/config-rules.ts";
import { LogBucket } from "../../../constructs/audit/log-bucket.ts";
import { synth } from "../../support/synth.ts";
import { accountId, breakGlassArns } from "../keys/statements.ts";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/record";
const make = (retentionDays = 400) =>
  synth((scope) => {
    const bucket = new LogBucket(scope, "files", {
      kind: "config",
      bucketName: "example-config",
      kmsKeyArn,
      accessLogBucketName: "example-access",
      accountId,
      breakGlassArns,
      retentionDays: 400,
    });
    new ConfigRecorder(scope, "config", { name: "shop", bucket, kmsKeyArn, retentionDays, rules: conformanceRules });
  });

describe("a recorder of configurations", () => {
  test("records every resource, global ones too, in the role that AWS links to it", () => {
    const stack = make();

    expect(stack.one("aws_iam_service_linked_role").args.aws_service_name).toBe("config.amazonaws.com");
    expect(stack.one("aws_config_configuration_recorder").args).toEqual({
      name: "shop",
      role_arn: "${aws_iam_service_linked_role.config_role.arn}",
      recording_group: { all_supported: true, include_global_resource_types: true },
      recording_mode: { recording_frequency: "CONTINUOUS" },
    });
  });

  test("delivers under the key, then begins, then judges: Config refuses any other order", () => {
    const stack = make();

    expect(stack.one("aws_config_delivery_channel").args).toEqual({
      name: "shop",
      s3_bucket_name: "example-config",
      s3_kms_key_arn: kmsKeyArn,
      snapshot_delivery_properties: { delivery_frequency: "TwentyFour_Hours" },
      depends_on: ["aws_config_configuration_recorder.config_recorder", "aws_s3_bucket_policy.files_policy"],
    });
    expect(stack.one("aws_config_configuration_recorder_status").args).toEqual({
      name: "${aws_config_configuration_recorder.config_recorder.name}",
      is_enabled: true,
      depends_on: ["aws_config_delivery_channel.config_channel"],
    });
    for (const { args } of stack.all("aws_config_config_rule")) {
      expect([args.name, args.depends_on]).toEqual([
        args.name,
        ["aws_config_configuration_recorder_status.config_recording"],
      ]);
    }
    expect(stack.one("aws_config_retention_configuration").args.retention_period_in_days).toBe(400);
  });

  test("judges by rules that AWS keeps: factors, keys, encryption, open doors", () => {
    const rules = make().all("aws_config_config_rule");
    const sources = rules.map(({ args }) => args.source.source_identifier);

    expect(sources).toEqual(
      expect.arrayContaining([
        "ROOT_ACCOUNT_MFA_ENABLED",
        "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
        "ACCESS_KEYS_ROTATED",
        "ENCRYPTED_VOLUMES",
        "RDS_STORAGE_ENCRYPTED",
        "INCOMING_SSH_DISABLED",
        "EC2_IMDSV2_CHECK",
        "MULTI_REGION_CLOUD_TRAIL_ENABLED",
      ]),
    );
    expect(new Set(sources).size).toBe(sources.length);
    for (const { args } of rules) {
      expect([args.name, args.source.owner, args.description.length <= 256]).toEqual([args.name, "AWS", true]);
    }
    const keys = rules.find(({ args }) => args.name === "access-keys-rotated");
    expect(JSON.parse(keys?.args.input_parameters)).toEqual({ maxAccessKeyAge: "90" });
  });

  test.each([29, 2558])("fails when histories are kept %d days", (retentionDays) => {
    expect(() => make(retentionDays)).toThrow(
      new Error(`test/config: retentionDays must be 30 to 2557, got ${retentionDays}`),
    );
  });
});
