import { type Bucket, bucketOf, destinationOf } from "../buckets/buckets.ts";
import type { DeclaredBackup } from "../declaration.ts";
import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { type BackupJob, backupJobs } from "./jobs.ts";

/** A declared backup, and where outputs put it. */
export interface BackupOf {
  /** `ticketing/database-dump`, in the catalogue's index. */
  readonly at: Place;
  readonly service: string;
  readonly backup: DeclaredBackup;
  /** Where jobs write it; none of one that AWS Backup takes. */
  readonly targets: readonly Target[];
}

/** A part of a bucket. */
export interface Target {
  readonly job: BackupJob;
  /** Absent where outputs make no such bucket. */
  readonly bucket: Bucket | undefined;
  readonly prefix: string;
}

/** Every declared backup. */
export const declaredBackups = kind<BackupOf>("declared backup", (estate) => {
  const jobs = Map.groupBy(estate.of(backupJobs), ({ service, name }) => `${service}/${name}`);
  return (estate.declaration?.services ?? []).flatMap((service) =>
    service.backups.map((backup) => {
      const name = `${service.name}/${backup.name}`;
      return {
        at: { resource: name, stack: service.name, source: "index.json" },
        service: service.name,
        backup,
        targets: unique(jobs.get(name) ?? []).map((job) => ({
          job,
          bucket: bucketOf(job.bucket, estate),
          prefix: job.prefix,
        })),
      };
    }),
  );
});

/** Jobs of several hosts that write to the same place are one. */
const unique = (jobs: readonly BackupJob[]): readonly BackupJob[] => [
  ...new Map(jobs.map((job) => [`${job.bucket}/${job.prefix}`, job])).values(),
];

/** What a bucket must keep: objects under a prefix, for days, and by whose word. */
export interface Duty {
  readonly prefix: string;
  readonly days: number;
  readonly why: string;
}

/** What was promised of each bucket by declared backups: of those that jobs write to, and of their copies. */
export function dutiesOf(bucket: Bucket, estate: Estate): readonly Duty[] {
  return estate.once(DUTIES, () => duties(estate)).get(bucket) ?? [];
}

const DUTIES = {};

function duties(estate: Estate): ReadonlyMap<Bucket, readonly Duty[]> {
  const all = estate.of(declaredBackups).flatMap(({ at, backup, targets }) => {
    const days = Math.max(backup.keepDays, backup.lockDays);
    return targets.flatMap(({ bucket, prefix }) => {
      const holders = bucket === undefined ? [] : [bucket, ...(backup.offsite ? copiesOf(bucket, prefix, estate) : [])];
      return holders.map((holder) => ({ holder, duty: { prefix, days, why: `backup ${at.resource}` } }));
    });
  });
  const grouped = Map.groupBy(all, ({ holder }) => holder);
  return new Map([...grouped].map(([holder, own]) => [holder, own.map(({ duty }) => duty)]));
}

/** Buckets that objects under a prefix are copied to. */
export const copiesOf = ({ replication }: Bucket, prefix: string, estate: Estate): readonly Bucket[] =>
  replication
    .filter((rule) => typeof rule.prefix === "string" && prefix.startsWith(rule.prefix))
    .flatMap(({ to }) => {
      const copy = destinationOf(to, estate);
      return copy === undefined ? [] : [copy];
    });
