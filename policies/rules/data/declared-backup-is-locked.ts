import { objection, rule } from "../../engine/rule.ts";
import { type BackupOf, declaredBackups } from "../../model/backups/declared.ts";
import { lockModes } from "../../model/backups/protection.ts";
import { withoutLock } from "./objections/without-lock.ts";

/** Where a backup lies is read from what the job that writes it is told, not from names. */
export const declaredBackupIsLocked = rule({
  id: "DATA-010",
  slug: "declared-backup-is-locked",
  severity: "critical",
  title: "Every declared backup is written to a bucket that locks it for the declared days",
  why: "Who encrypts data for ransom, or deletes it in anger, deletes backups first.",
  fix: "Give the bucket that the job writes to Object Lock with a default retention of at least the declared lockDays, in the mode that the environment declares.",
  appliesTo: declaredBackups,
  requirements: ["TKT-7.3", "TKT-7.4", "NOD-3.3", "NOD-3.6", "NOD-3.7", "BRK-25.6"],
  needsDeclaration: true,
  concerns: ({ backup }) => backup.by !== "snapshot",
  check: ({ backup, targets }: BackupOf, { declaration }) => {
    if (targets.length === 0) return [objection("bucket", undefined, "a job of a host or pod that writes it")];
    return targets.flatMap(({ bucket, job }) =>
      bucket === undefined
        ? [objection("bucket", job.bucket, "a bucket of this estate", job.at)]
        : withoutLock(bucket, backup.lockDays, lockModes(declaration)),
    );
  },
});
