import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { describe, expect, test } from "vitest";
import { BackupOptIn } from "../../../constructs/backup/backup-opt-in.ts";
import { BackupPlan, type BackupPlanProps } from "../../../constructs/backup/backup-plan.ts";
import { backupRole, restoreRole } from "../../../constructs/backup/backup-roles.ts";
import { BackupVault } from "../../../constructs/backup/backup-vault.ts";
import { synth } from "../../support/synth.ts";
import { breakGlassArns, statementsOf } from "../keys/statements.ts";

const make = (props: Partial<BackupPlanProps> = {}, offsite = false) =>
  synth((scope) => {
    const provider = new AwsProvider(scope, "aws-copy", { region: "eu-west-1", alias: "copy" });
    const common = {
      name: "example",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      lock: { mode: "COMPLIANCE", minimumDays: 36, maximumDays: 72 },
      breakGlassArns,
    } as const;
    const vault = new BackupVault(scope, "vault", common);
    const copy = new BackupVault(scope, "copy", { ...common, provider });
    const optIn = new BackupOptIn(scope, "opt-in", { resourceTypes: ["RDS", "S3"] });
    new BackupPlan(scope, "orders", {
      name: "example-orders",
      vault,
      schedule: "cron(0 3 * * ? *)",
      timeZone: "Etc/UTC",
      limitMinutes: 120,
      deleteAfterDays: 36,
      role: backupRole(scope, "role", "example-backup"),
      tag: { backup: "shop/orders" },
      after: [optIn.ready],
      ...(offsite ? { copyTo: copy } : {}),
      ...props,
    });
  });

describe("a plan of AWS Backup", () => {
  const rule = {
    rule_name: "example-orders",
    target_vault_name: "${aws_backup_vault.vault_vault.name}",
    schedule: "cron(0 3 * * ? *)",
    schedule_expression_timezone: "Etc/UTC",
    start_window: 60,
    completion_window: 180,
    lifecycle: { delete_after: 36 },
  };

  test("copies each day, starts within an hour, gives up after its limit and ends what it made", () => {
    expect(make().one("aws_backup_plan").args).toMatchObject({ name: "example-orders", rule: [rule] });
    expect(make().one("aws_backup_plan").args.rule[0]).not.toHaveProperty("copy_action");
  });

  test("copies what it made to another region, for as long", () => {
    expect(make({}, true).one("aws_backup_plan").args.rule).toEqual([
      {
        ...rule,
        copy_action: [{ destination_vault_arn: "${aws_backup_vault.copy_vault.arn}", lifecycle: { delete_after: 36 } }],
      },
    ]);
  });

  test("finds what it copies by its tag, once the account lets it and its role has its rights", () => {
    const { args } = make().one("aws_backup_selection");
    expect(args).toMatchObject({
      name: "example-orders",
      plan_id: "${aws_backup_plan.orders_plan.id}",
      iam_role_arn: "${aws_iam_role.role_role.arn}",
      selection_tag: [{ type: "STRINGEQUALS", key: "backup", value: "shop/orders" }],
      depends_on: [
        "aws_iam_role_policy_attachment.role_AWSBackupServiceRolePolicyForBackup",
        "aws_iam_role_policy_attachment.role_AWSBackupServiceRolePolicyForS3Backup",
        "aws_backup_region_settings.opt-in_settings",
      ],
    });
    expect(args).not.toHaveProperty("resources");
  });

  test("fails when AWS would refuse its name or its limit", () => {
    expect(() => make({ name: "shop/orders" })).toThrow(
      'test/orders: name must be 1..50 letters, digits, ., - or _, got "shop/orders"',
    );
    expect(() => make({ limitMinutes: 30 })).toThrow("test/orders: limitMinutes must be >= 60, got 30");
  });
});

test("an account lets AWS Backup select the named types, and a type that AWS adds is no change", () => {
  expect(make().one("aws_backup_region_settings").args).toMatchObject({
    resource_type_opt_in_preference: { RDS: true, S3: true },
    lifecycle: { ignore_changes: ["resource_type_opt_in_preference"] },
  });
});

describe("a role of AWS Backup", () => {
  const roles = (build: typeof backupRole) =>
    synth((scope) => {
      build(scope, "role", "example");
    });

  test("is taken by AWS Backup alone", () => {
    for (const build of [backupRole, restoreRole]) {
      expect(statementsOf(roles(build).one("aws_iam_role").args.assume_role_policy)).toEqual({
        AwsBackup: {
          Effect: "Allow",
          Principal: { Service: ["backup.amazonaws.com"] },
          Action: ["sts:AssumeRole"],
        },
      });
    }
  });

  test("copies or brings back, never both", () => {
    const policies = (build: typeof backupRole) =>
      roles(build)
        .all("aws_iam_role_policy_attachment")
        .map(({ args }) => args.policy_arn);
    expect(policies(backupRole)).toEqual([
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
    ]);
    expect(policies(restoreRole)).toEqual([
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
      "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
    ]);
  });
});
