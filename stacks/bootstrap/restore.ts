import { bucketArn } from "../../constructs/data/private-bucket.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { keysIn, through } from "../../constructs/keys/key-use.ts";
import { backupRoles, bucketName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";

/** Backups of every service, here and in the second region: read, never written, and no lock touched. */
export function restoreStatements(environment: Environment): readonly Statement[] {
  const regions = [environment.region, environment.copyRegion];
  const { account } = environment;
  // A recovery point of a database is a snapshot of RDS; those of buckets are AWS Backup's own.
  const snapshots = regions.flatMap((region) => [
    `arn:aws:backup:${region}:${account}:recovery-point:*`,
    `arn:aws:rds:${region}:${account}:cluster-snapshot:awsbackup:*`,
  ]);
  const vaults = bucketArn(bucketName(environment, "*", "vault-*"));
  return [
    { sid: "ListBackups", actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: [vaults] },
    { sid: "ReadBackups", actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [`${vaults}/*`] },
    {
      sid: "FindSnapshots",
      actions: [
        "backup:DescribeRecoveryPoint",
        "backup:GetRecoveryPointRestoreMetadata",
        "backup:ListRecoveryPointsByBackupVault",
      ],
      resources: [...snapshots, ...regions.map((region) => `arn:aws:backup:${region}:${account}:backup-vault:*`)],
    },
    { sid: "RestoreSnapshots", actions: ["backup:StartRestoreJob"], resources: snapshots },
    {
      sid: "FollowRestores",
      actions: ["backup:DescribeRestoreJob", "backup:ListBackupVaults", "backup:ListRestoreJobs"],
      resources: ["*"],
    },
    {
      sid: "HandOverTheRestoringRole",
      actions: ["iam:PassRole"],
      resources: [backupRoles(environment).restore],
      conditions: { StringEquals: { "iam:PassedToService": ["backup.amazonaws.com"] } },
    },
    {
      sid: "KeysOfBackups",
      actions: ["kms:Decrypt"],
      resources: regions.map((region) => keysIn(region, account)),
      conditions: through(regions, "s3"),
    },
  ];
}
