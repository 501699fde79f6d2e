import { describe, expect, test } from "vitest";
import { AccountBaseline } from "../../../constructs/audit/account-baseline.ts";
import { OutsideAccess } from "../../../constructs/audit/outside-access.ts";
import { SecurityStandards } from "../../../constructs/audit/security-standards.ts";
import { ThreatDetector } from "../../../constructs/audit/threat-detector.ts";
import { synth } from "../../support/synth.ts";

/** What exists once in an account and region. */

describe("the baseline of an account", () => {
  const volumeKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/volumes";
  const stack = synth((scope) => {
    new AccountBaseline(scope, "account", { accountId: "111111111111", region: "eu-central-1", volumeKeyArn });
  });

  test("encrypts every new volume, under the given key where none is named", () => {
    expect(stack.one("aws_ebs_encryption_by_default").args).toEqual({ enabled: true });
    expect(stack.one("aws_ebs_default_kms_key").args).toEqual({ key_arn: volumeKeyArn });
  });

  test("shares nothing with the public: buckets, snapshots, images, documents", () => {
    expect(stack.one("aws_s3_account_public_access_block").args).toEqual({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(stack.one("aws_ebs_snapshot_block_public_access").args).toEqual({ state: "block-all-sharing" });
    expect(stack.one("aws_ec2_image_block_public_access").args).toEqual({ state: "block-new-sharing" });
    expect(stack.one("aws_ssm_service_setting").args).toEqual({
      setting_id:
        "arn:aws:ssm:eu-central-1:111111111111:servicesetting/ssm/documents/console/public-sharing-permission",
      setting_value: "Disable",
    });
  });

  test("guards metadata and consoles of hosts, and demands long passwords", () => {
    expect(stack.one("aws_ec2_instance_metadata_defaults").args).toEqual({
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
    expect(stack.one("aws_ec2_serial_console_access").args).toEqual({ enabled: false });
    expect(stack.one("aws_iam_account_password_policy").args).toMatchObject({
      minimum_password_length: 16,
      password_reuse_prevention: 24,
      require_lowercase_characters: true,
      require_numbers: true,
      require_symbols: true,
      require_uppercase_characters: true,
    });
  });
});

describe("a threat detector", () => {
  test("watches what is paid by use and can see something, and puts no agent on hosts", () => {
    const stack = synth((scope) => void new ThreatDetector(scope, "guardduty", {}));

    expect(stack.one("aws_guardduty_detector").args).toEqual({
      enable: true,
      finding_publishing_frequency: "FIFTEEN_MINUTES",
      lifecycle: { prevent_destroy: true },
    });
    expect(
      Object.fromEntries(stack.all("aws_guardduty_detector_feature").map(({ args }) => [args.name, args.status])),
    ).toEqual({
      S3_DATA_EVENTS: "ENABLED",
      EKS_AUDIT_LOGS: "ENABLED",
      EBS_MALWARE_PROTECTION: "DISABLED",
      RDS_LOGIN_EVENTS: "ENABLED",
      LAMBDA_NETWORK_LOGS: "ENABLED",
      RUNTIME_MONITORING: "DISABLED",
    });
  });

  test("can be destroyed only with a stated reason", () => {
    const deletionProtection = { enabled: false, reason: "Short-lived test account", until: "2027-03-31" } as const;
    const stack = synth((scope) => void new ThreatDetector(scope, "guardduty", { deletionProtection }));
    expect(stack.one("aws_guardduty_detector").args.lifecycle).toEqual({ prevent_destroy: false });
  });
});

test("security standards are AWS's practices and the CIS benchmark, chosen by name", () => {
  const stack = synth((scope) => void new SecurityStandards(scope, "hub", { region: "eu-central-1" }));

  expect(stack.one("aws_securityhub_account").args).toEqual({
    auto_enable_controls: true,
    control_finding_generator: "SECURITY_CONTROL",
    lifecycle: { prevent_destroy: true },
    enable_default_standards: false,
  });
  expect(stack.all("aws_securityhub_standards_subscription").map(({ args }) => args)).toEqual(
    [
      "standards/aws-foundational-security-best-practices/v/1.0.0",
      "standards/cis-aws-foundations-benchmark/v/3.0.0",
    ].map((standard) => ({
      standards_arn: `arn:aws:securityhub:eu-central-1::${standard}`,
      depends_on: ["aws_securityhub_account.hub_hub"],
    })),
  );
});

test("outside access is analyzed for the account, which costs nothing", () => {
  const stack = synth((scope) => void new OutsideAccess(scope, "outside", { name: "shop-outside-access" }));

  expect(stack.one("aws_accessanalyzer_analyzer").args).toEqual({
    analyzer_name: "shop-outside-access",
    type: "ACCOUNT",
    tags: { Name: "shop-outside-access" },
  });
});
