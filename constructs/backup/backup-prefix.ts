import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { cleanUp, expire } from "../data/bucket-lifecycle.ts";

interface PrefixAccess {
  /** Key prefix with a trailing slash, such as `orders/daily/`. */
  readonly prefix: string;
  /** ARN patterns of the only roles that may write here. */
  readonly writerArns: readonly string[];
  /** ARN patterns of the only roles that may read here. */
  readonly readerArns: readonly string[];
}

/**
 * Files with unique names, written once: S3 itself ends them after their lock, and what is left of them the day after,
 * so that data about people stays no longer than declared (MUN-SEC.2).
 */
export interface DumpsPrefix extends PrefixAccess {
  readonly kind: "dumps";
  /** Longer than the lock. */
  readonly expireAfterDays: number;
}

/**
 * A pgBackRest repository: its `expire` alone decides which objects go, since a backup needs its predecessors and its
 * archive. A deletion leaves a marker; the version behind it stays for the whole lock.
 */
export interface PgbackrestPrefix extends PrefixAccess {
  readonly kind: "pgbackrest";
}

/**
 * The present state of a directory, one object for each file, uploaded once: S3 never ends a current object, however
 * old. A file that is deleted or overwritten at its source leaves a version that stays for the whole lock.
 *
 * The lock of a file that never changes runs out. From then on it rests on versioning, which nobody but break-glass
 * roles can suspend, and on the denial of DeleteObjectVersion: a writer can hide it behind a marker and not remove it.
 */
export interface MirrorPrefix extends PrefixAccess {
  readonly kind: "mirror";
}

/** One part of a backup bucket: who writes, who reads, and how its objects end. */
export type BackupPrefix = DumpsPrefix | MirrorPrefix | PgbackrestPrefix;

/** Whether the writer's deletions end current objects, as markers that a replica must follow, or S3 alone does. */
export function endedByWriter({ kind }: BackupPrefix): boolean {
  switch (kind) {
    case "dumps":
      return false;
    case "mirror":
    case "pgbackrest":
      return true;
    default:
      return kind satisfies never;
  }
}

/**
 * Lifecycle rules of one prefix. Where writers delete, old versions stay a full lock period from that day, so that
 * whoever deletes everything leaves that long to notice. No writer deletes a dump; one who overwrites it leaves the old
 * version to its own lock, which no lifecycle rule shortens.
 *
 * Throws when the prefix is not a folder, or when dumps would end before their lock does.
 */
export function prefixLifecycle(backup: BackupPrefix, lockDays: number): readonly S3BucketLifecycleConfigurationRule[] {
  const { prefix } = backup;
  if (!/^([a-z0-9-]+\/)+$/.test(prefix)) {
    throw new Error(`prefix: must be lower-case folders that end in a slash, got "${prefix}"`);
  }
  const id = prefix.slice(0, -1).replaceAll("/", "-");
  const old = (noncurrentDays: number) => cleanUp({ id: `${id}-old`, prefix, noncurrentDays });
  switch (backup.kind) {
    case "mirror":
    case "pgbackrest":
      return [old(lockDays)];
    case "dumps":
      if (backup.expireAfterDays <= lockDays) {
        throw new Error(
          `${prefix}: expireAfterDays must exceed the lock of ${lockDays} days, got ${backup.expireAfterDays}`,
        );
      }
      return [expire(`${id}-expire`, prefix, backup.expireAfterDays), old(1)];
    default:
      return backup satisfies never;
  }
}
