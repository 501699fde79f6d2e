import { BackupVault as AwsBackupVault } from "@cdktf/provider-aws/lib/backup-vault/index.js";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration/index.js";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { resourcePolicy } from "../identity/resource-policy.ts";

/** How long a recovery point may be kept in a vault. */
export interface VaultLock {
  /** In `COMPLIANCE` nobody can change or remove the lock once its days of grace are over. */
  readonly mode: "COMPLIANCE" | "GOVERNANCE";
  /** A recovery point that would end sooner is refused, and none ends sooner. */
  readonly minimumDays: number;
  /** One that would stay longer is refused: nobody locks data, or its costs, for a century. */
  readonly maximumDays: number;
}

export interface BackupVaultProps {
  /** 2 to 50 letters, digits, hyphens or underscores. */
  readonly name: string;
  /** Encrypts what AWS Backup manages wholly, such as copies of buckets; snapshots of databases keep their own key. */
  readonly kmsKeyArn: string;
  readonly lock: VaultLock;
  /** ARN patterns of the only roles that may delete a recovery point or the vault, as far as the lock lets them. */
  readonly breakGlassArns: readonly string[];
  /** Default: Terraform refuses to destroy the vault and its lock. */
  readonly deletionProtection?: OptOut;
  /** Provider of the region the vault lives in; default: the stack's first. */
  readonly provider?: TerraformProvider;
}

/** Days in which a lock in compliance mode can still be mended; AWS demands at least 3. */
const GRACE_DAYS = 14;

/**
 * A vault of AWS Backup whose recovery points end by their plan's lifecycle alone.
 *
 * Refuses: deletion and shortening of recovery points, deletion of the vault and change of its policy by anyone but
 * break-glass roles; in compliance mode, by anyone. Another retention than the lock admits needs another vault then.
 */
export class BackupVault extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BackupVaultProps) {
    super(scope, id);
    const { lock } = props;
    if (!/^[A-Za-z0-9_-]{2,50}$/.test(props.name)) {
      throw new Error(`${this.node.path}: name must be 2..50 letters, digits, - or _, got "${props.name}"`);
    }
    if (lock.minimumDays < 1 || lock.maximumDays < lock.minimumDays) {
      throw new Error(
        `${this.node.path}: lock must be 1 <= minimumDays <= maximumDays, got ${lock.minimumDays} and ${lock.maximumDays}`,
      );
    }
    const provider = props.provider === undefined ? {} : { provider: props.provider };
    const lifecycle = { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) };
    const vault = new AwsBackupVault(this, "vault", {
      ...provider,
      name: props.name,
      kmsKeyArn: props.kmsKeyArn,
      tags: { Name: props.name },
      lifecycle,
    });
    const locked = new BackupVaultLockConfiguration(this, "lock", {
      ...provider,
      backupVaultName: vault.name,
      minRetentionDays: lock.minimumDays,
      maxRetentionDays: lock.maximumDays,
      // Without it AWS makes a lock in governance mode.
      ...(lock.mode === "COMPLIANCE" ? { changeableForDays: GRACE_DAYS } : {}),
      lifecycle,
    });
    new BackupVaultPolicy(this, "policy", {
      ...provider,
      backupVaultName: vault.name,
      policy: resourcePolicy([
        {
          sid: "OnlyBreakGlassDeletes",
          effect: "Deny",
          principals: "*",
          // AWS takes no wildcard here. Expiry by lifecycle is AWS Backup's own doing and goes on.
          actions: [
            "backup:DeleteBackupVault",
            "backup:DeleteBackupVaultAccessPolicy",
            "backup:DeleteRecoveryPoint",
            "backup:PutBackupVaultAccessPolicy",
            "backup:UpdateRecoveryPointLifecycle",
          ],
          // Recovery points have ARNs of the service that holds them: `arn:aws:rds:...:cluster-snapshot:awsbackup:...`.
          resources: ["*"],
          conditions: { ArnNotLike: { "aws:PrincipalArn": props.breakGlassArns } },
        },
      ]),
      dependsOn: [locked],
    });
    this.name = vault.name;
    this.arn = vault.arn;
  }
}
