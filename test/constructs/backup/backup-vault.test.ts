import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { describe, expect, test } from "vitest";
import { BackupVault, type BackupVaultProps } from "../../../constructs/backup/backup-vault.ts";
import { synth } from "../../support/synth.ts";
import { breakGlassArns, denyBut, statementsOf } from "../keys/statements.ts";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/example";
const make = (props: Partial<BackupVaultProps> = {}) =>
  synth((scope) => {
    new BackupVault(scope, "orders", {
      name: "example-orders",
      kmsKeyArn,
      lock: { mode: "COMPLIANCE", minimumDays: 36, maximumDays: 72 },
      breakGlassArns,
      ...props,
    });
  });

describe("a vault of AWS Backup", () => {
  test("is encrypted by the key it is given, and Terraform neither destroys it nor its lock", () => {
    const stack = make();
    expect(stack.one("aws_backup_vault").args).toMatchObject({
      name: "example-orders",
      kms_key_arn: kmsKeyArn,
      lifecycle: { prevent_destroy: true },
    });
    expect(stack.one("aws_backup_vault_lock_configuration").args.lifecycle).toEqual({ prevent_destroy: true });
  });

  test("is locked in compliance mode after two weeks: nobody shortens what it holds then, or keeps it for ever", () => {
    expect(make().one("aws_backup_vault_lock_configuration").args).toMatchObject({
      backup_vault_name: "${aws_backup_vault.orders_vault.name}",
      min_retention_days: 36,
      max_retention_days: 72,
      changeable_for_days: 14,
    });
  });

  test("is locked in governance mode by leaving out the days of grace", () => {
    const { args } = make({ lock: { mode: "GOVERNANCE", minimumDays: 36, maximumDays: 72 } }).one(
      "aws_backup_vault_lock_configuration",
    );
    expect(args).toMatchObject({ min_retention_days: 36, max_retention_days: 72 });
    expect(args).not.toHaveProperty("changeable_for_days");
  });

  test("lets break-glass roles alone delete recovery points, make them end sooner or change its policy", () => {
    const { args } = make().one("aws_backup_vault_policy");
    expect(statementsOf(args.policy)).toEqual({
      OnlyBreakGlassDeletes: denyBut(
        breakGlassArns,
        [
          "backup:DeleteBackupVault",
          "backup:DeleteBackupVaultAccessPolicy",
          "backup:DeleteRecoveryPoint",
          "backup:PutBackupVaultAccessPolicy",
          "backup:UpdateRecoveryPointLifecycle",
        ],
        ["*"],
      ),
    });
    expect(args.depends_on).toEqual(["aws_backup_vault_lock_configuration.orders_lock"]);
  });

  test("stands with all its parts in another region when it is given that region's provider", () => {
    const stack = synth((scope) => {
      const provider = new AwsProvider(scope, "aws-copy", { region: "eu-west-1", alias: "copy" });
      const lock = { mode: "GOVERNANCE", minimumDays: 1, maximumDays: 1 } as const;
      new BackupVault(scope, "copy", { name: "example-copy", kmsKeyArn, lock, breakGlassArns, provider });
    });
    expect(stack.all().map(({ type, args }) => [type, args.provider])).toEqual(
      ["aws_backup_vault", "aws_backup_vault_lock_configuration", "aws_backup_vault_policy"].map((type) => [
        type,
        "aws.copy",
      ]),
    );
  });

  test("can be destroyed only with a reason", () => {
    const deletionProtection = { enabled: false, reason: "rebuilt at will", until: "2027-11-30" } as const;
    expect(make({ deletionProtection }).one("aws_backup_vault").args.lifecycle).toEqual({ prevent_destroy: false });
  });

  test("fails when its name, its lock or its guardians are none that AWS takes", () => {
    expect(() => make({ name: "orders/vault" })).toThrow(
      'test/orders: name must be 2..50 letters, digits, - or _, got "orders/vault"',
    );
    expect(() => make({ lock: { mode: "GOVERNANCE", minimumDays: 36, maximumDays: 30 } })).toThrow(
      "test/orders: lock must be 1 <= minimumDays <= maximumDays, got 36 and 30",
    );
    expect(() => make({ lock: { mode: "GOVERNANCE", minimumDays: 0, maximumDays: 30 } })).toThrow(
      "test/orders: lock must be 1 <= minimumDays <= maximumDays, got 0 and 30",
    );
    expect(() => make({ breakGlassArns: [] })).toThrow(
      "policy OnlyBreakGlassDeletes: ArnNotLike aws:PrincipalArn must have at least one value, got none",
    );
  });
});
