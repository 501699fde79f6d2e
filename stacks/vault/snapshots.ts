import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { BackupOptIn } from "../../constructs/backup/backup-opt-in.ts";
import { BackupPlan } from "../../constructs/backup/backup-plan.ts";
import { backupRole, restoreRole } from "../../constructs/backup/backup-roles.ts";
import { BackupVault } from "../../constructs/backup/backup-vault.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { administrativeRole, backupRoles, backupTag, PLATFORM, resourceName } from "../../services/names.ts";
import type { ResolvedService } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { named } from "../outputs.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians } from "../stack.ts";
import { awsSchedule } from "./schedule.ts";

/** What a tag of ours selects. */
const resourceTypes = ["RDS", "S3"];

/**
 * What AWS Backup copies: a vault here and one in the second region for each service with snapshots, a plan for each
 * backup. Resources of later stacks join by their tag.
 */
export function makeSnapshots(
  stack: PlatformStack,
  environment: Environment,
  services: readonly ResolvedService[],
  provider: AwsProvider,
): void {
  const role = backupRole(stack, "backup-role", resourceName(environment, PLATFORM, "backup"));
  restoreRole(stack, "restore-role", resourceName(environment, PLATFORM, "backup", "restore"));
  const optIn = new BackupOptIn(stack, "backup-opt-in", { resourceTypes });
  new BackupOptIn(stack, "copy-backup-opt-in", { resourceTypes, provider });
  const keyArn = key(stack, environment);
  const copyKeyArn = key(stack, environment, provider);

  for (const { service, backups } of services) {
    const snapshots = service.backups.filter(({ by }) => by === "snapshot");
    if (snapshots.length === 0) continue;
    const kept = new Map(backups.map(({ name, lockDays }) => [name, lockDays]));
    const days = snapshots.map(({ name }) => named(kept, name));
    const common = {
      name: resourceName(environment, service.code, "snapshots"),
      lock: {
        mode: environment.lock,
        minimumDays: Math.min(...days),
        // Room for a longer retention, which a lock in compliance mode would never admit again.
        maximumDays: 2 * Math.max(...days),
      },
      breakGlassArns: guardians(environment),
      ...deletable(environment),
    };
    const vault = new BackupVault(stack, `${service.name}-snapshots`, { ...common, kmsKeyArn: keyArn });
    const copyTo = snapshots.some(({ offsite }) => offsite)
      ? new BackupVault(stack, `${service.name}-snapshots-copy`, { ...common, kmsKeyArn: copyKeyArn, provider })
      : undefined;
    for (const backup of snapshots) {
      const { expression, timeZone } = awsSchedule(backup.schedule);
      new BackupPlan(stack, `${service.name}-${backup.name}`, {
        name: resourceName(environment, service.code, backup.name),
        vault,
        schedule: expression,
        timeZone,
        limitMinutes: backup.limit / 60,
        deleteAfterDays: named(kept, backup.name),
        ...(backup.offsite && copyTo !== undefined ? { copyTo } : {}),
        role,
        tag: backupTag(service, backup),
        after: [optIn.ready],
      });
    }
  }
}

/** AWS Backup holds its right to a vault's key by grants: of who makes the vault, and of the roles it acts in. */
const key = (stack: PlatformStack, environment: Environment, provider?: AwsProvider): string => {
  const { region, copyRegion } = environment;
  const { copy, restore } = backupRoles(environment);
  const [id, here, there] =
    provider === undefined ? ["snapshots-key", region, copyRegion] : ["copy-snapshots-key", copyRegion, region];
  return new EncryptionKey(stack, id, {
    aliasName: resourceName(environment, PLATFORM, "snapshots"),
    description: "Recovery points of AWS Backup",
    accountId: environment.account,
    region: here,
    // A copy from one region to the other uses both keys, from whichever end.
    otherRegions: [there],
    userArns: [],
    grantorArns: [
      copy,
      restore,
      ...(["apply", "break-glass"] as const).map((each) => administrativeRole(environment, each)),
    ],
    usedThrough: ["backup"],
    breakGlassArns: guardians(environment),
    ...(provider === undefined ? {} : { provider }),
    ...deletable(environment),
  }).arn;
};
