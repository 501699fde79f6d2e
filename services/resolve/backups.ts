import { backupTag } from "../names.ts";
import type { Backup, BackupMethod } from "../schema/job.ts";
import type { Recurring } from "../schema/schedule.ts";
import type { Service } from "../schema/service.ts";
import { isHosted, type Store } from "../schema/store.ts";
import { type Duration, days, inDays, minutes } from "../schema/units.ts";
import { callerOf, callerParty } from "./flows/declared.ts";
import { partyOf } from "./flows/flow.ts";

/** A backup with the figures that vaults and alerts need. */
export interface ResolvedBackup {
  readonly name: string;
  readonly of: string;
  /** Party whose role writes the copy. */
  readonly runner: string;
  readonly by: Backup["by"];
  readonly material: Backup["material"];
  readonly offsite: boolean;
  readonly keepDays: number;
  /** Days that nobody can shorten: retention, what an increment depends on, and one interval. */
  readonly lockDays: number;
  readonly recoveryPointSeconds: number;
  readonly recoveryTimeSeconds: number;
}

/**
 * What a method leaves in the vault: `dumps`, each whole and under a name of its own; a `mirror` of the present files;
 * or a `pgbackrest` repository, whose parts need each other.
 */
export type VaultLayout = "dumps" | "mirror" | "pgbackrest";

/** The layout that a method makes; undefined for snapshots, which AWS keeps outside the vault. */
export function layoutOf(by: BackupMethod): VaultLayout | undefined {
  switch (by) {
    case "pg-dump":
    case "mysqldump":
    case "mongodump":
    case "redis-snapshot":
    case "archive":
      return "dumps";
    case "file-sync":
      return "mirror";
    case "pgbackrest":
      return "pgbackrest";
    case "snapshot":
      return undefined;
  }
}

/** Longest time between two starts. */
export function interval(schedule: Recurring): Duration {
  switch (schedule.every) {
    case "minutes":
      return minutes(schedule.count);
    case "day":
      return days(1);
    case "week":
      return days(7);
    case "quarter":
      return days(92);
  }
}

/** A week more than asked for, so that a failed week leaves no fewer copies (NOD-3.7). */
const keepDays = ({ keep }: Backup): number =>
  "for" in keep ? inDays(keep.for) : Math.max(keep.daily, keep.weekly * 7) + 7;

/** Who makes a copy: a job of its own, the hosts of the store, AWS Backup, or the first component that reaches it. */
function runnerOf(service: Service, { job, of, by }: Backup): string {
  if (by === "snapshot") return "platform/backup";
  if (job !== undefined) return callerOf(job);
  if (!("kind" in of)) return of.on.name;
  if (isHosted(of)) return of.name;
  if (of.kind === "local-mysql" || of.kind === "local-redis") return of.on.name;
  const reached = service.flows.find(({ to }) => to.owner === of.name);
  return reached === undefined ? of.name : callerOf(reached.from);
}

export const backupsOf = (service: Service): readonly ResolvedBackup[] =>
  service.backups.map((backup) => {
    const every = inDays(interval(backup.schedule));
    // A log is worth nothing without the base backup before it. A snapshot of AWS needs no other, and no log of ours.
    const base = backup.continuous === undefined || backup.by === "snapshot" ? 0 : every;
    return {
      name: backup.name,
      of: partyOf(service, "kind" in backup.of ? backup.of.name : backup.of.on.name),
      runner: partyOf(service, runnerOf(service, backup)),
      by: backup.by,
      material: backup.material,
      offsite: backup.offsite,
      keepDays: keepDays(backup),
      lockDays: keepDays(backup) + base + every,
      recoveryPointSeconds: backup.recoveryPoint,
      recoveryTimeSeconds: backup.recoveryTime,
    };
  });

/** Parties whose jobs read the copies of a backup back. */
export const verifiersOf = (service: Service, backup: { readonly name: string }): readonly string[] =>
  service.jobs.filter(({ verifies }) => verifies?.name === backup.name).map((job) => callerParty(service, job));

/** Tags of a store by which AWS Backup finds it; none for a store that is copied by other means. */
export function snapshotTags(service: Service, store: Store): Readonly<Record<string, string>> {
  const backup = service.backups.find(({ by, of }) => by === "snapshot" && of === store);
  return backup === undefined ? {} : backupTag(service, backup);
}
