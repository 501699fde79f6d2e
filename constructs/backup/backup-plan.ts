import { BackupPlan as AwsBackupPlan } from "@cdktf/provider-aws/lib/backup-plan/index.js";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServiceRole } from "../identity/service-role.ts";
import type { BackupVault } from "./backup-vault.ts";

export interface BackupPlanProps {
  /** Of plan, rule and selection: 1 to 50 letters, digits, dots, hyphens or underscores. */
  readonly name: string;
  readonly vault: BackupVault;
  /** `cron(...)` of EventBridge, in that time zone: an IANA name. */
  readonly schedule: string;
  readonly timeZone: string;
  /** Minutes that a started copy may take; then AWS cancels it. At least 60. */
  readonly limitMinutes: number;
  /** Days after which a recovery point ends, here and in the copy. */
  readonly deleteAfterDays: number;
  /** Vault of another region that gets a copy of each recovery point; default none. */
  readonly copyTo?: BackupVault;
  /** Role AWS Backup acts in, to copy and later to end what it copied. */
  readonly role: ServiceRole;
  /** Resources of the account and region with this tag, of whatever stack, are copied. */
  readonly tag: Readonly<Record<string, string>>;
  /** What must stand first, such as the account's leave to copy resources of a type. */
  readonly after?: readonly ITerraformDependable[];
}

/** Minutes in which a copy must have started; AWS takes no fewer, and starts within them when it likes. */
const START_MINUTES = 60;

/**
 * A schedule by which AWS Backup copies what carries a tag into a vault, and from there into another region.
 *
 * Refuses: a limit below an hour, which AWS refuses too. No cold storage: its shortest stay is 90 days. No continuous
 * backup: AWS has none for Multi-AZ DB clusters, whose log RDS itself keeps.
 */
export class BackupPlan extends Construct {
  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const { name, limitMinutes } = props;
    if (!/^[A-Za-z0-9._-]{1,50}$/.test(name)) {
      throw new Error(`${this.node.path}: name must be 1..50 letters, digits, ., - or _, got "${name}"`);
    }
    if (limitMinutes < 60) {
      throw new Error(`${this.node.path}: limitMinutes must be >= 60, got ${limitMinutes}`);
    }
    const lifecycle = { deleteAfter: props.deleteAfterDays };
    const plan = new AwsBackupPlan(this, "plan", {
      name,
      rule: [
        {
          ruleName: name,
          targetVaultName: props.vault.name,
          schedule: props.schedule,
          scheduleExpressionTimezone: props.timeZone,
          startWindow: START_MINUTES,
          // Counted from the scheduled start too.
          completionWindow: START_MINUTES + limitMinutes,
          lifecycle,
          ...(props.copyTo === undefined ? {} : { copyAction: [{ destinationVaultArn: props.copyTo.arn, lifecycle }] }),
        },
      ],
    });
    new BackupSelection(this, "selection", {
      name,
      planId: plan.id,
      iamRoleArn: props.role.arn,
      selectionTag: Object.entries(props.tag).map(([key, value]) => ({ type: "STRINGEQUALS", key, value })),
      // AWS tries the role when a selection names it.
      dependsOn: [...props.role.permissions, ...(props.after ?? [])],
    });
  }
}
