import type { Component } from "./component.ts";
import type { Recurring, Schedule } from "./schedule.ts";
import type { Secret } from "./secret.ts";
import type { Store } from "./store.ts";
import type { Account } from "./stored.ts";
import type { Bytes, Duration } from "./units.ts";
import type { Values } from "./value.ts";

/** Something that runs to its end on a schedule; two runs never overlap. */
export interface Job {
  readonly kind: "job";
  readonly name: string;
  readonly why: string;
  /** Hosts: a timer on the first host. Pods: a CronJob of its own from that component's image. */
  readonly on: Component;
  /** Hosts: a timer on each of them. Default false. */
  readonly everyHost?: boolean;
  readonly command: readonly string[];
  /** Pods: another image than the component's, where that one lacks the program. */
  readonly image?: string;
  /** Pods: writable, encrypted space that goes with the run, path to size. Default: the component's. */
  readonly scratch?: Readonly<Record<string, Bytes>>;
  /** Reads the copies of that backup back: its role may get them and nothing else. */
  readonly verifies?: Backup;
  /** Asks how old the values of these secrets are: its role may describe them, and read none. */
  readonly watches?: readonly Secret[];
  readonly schedule: Schedule;
  /** Must have succeeded since its last scheduled start, or this job does not run. */
  readonly after?: Job | Backup;
  /** Killed after this long. */
  readonly limit: Duration;
  /** Login of a store, where it differs from the component's. */
  readonly account?: Account;
  /** All the values it gets. Default: pods, those of the component; hosts, none besides the unit's own file. */
  readonly environment: Values;
}

export const job = (
  name: string,
  given: Omit<Job, "kind" | "name" | "environment"> & Partial<Pick<Job, "environment">>,
): Job => ({
  ...given,
  kind: "job",
  name,
  environment: given.environment ?? (given.on.kind === "pods" ? given.on.environment : {}),
});

/** How many copies stay restorable: all of a span, or so many of each kind. */
export type Keep = { readonly for: Duration } | { readonly daily: number; readonly weekly: number };

/** What a backup program makes. */
export type BackupMethod =
  | "pgbackrest"
  | "pg-dump"
  | "mysqldump"
  | "mongodump"
  | "redis-snapshot"
  | "file-sync"
  | "archive"
  | "snapshot";

/** A scheduled copy into the locked vault of the environment. */
export interface Backup {
  readonly kind: "backup";
  readonly name: string;
  readonly why: string;
  /** A store, or paths on a component's hosts. */
  readonly of: Store | { readonly on: Component; readonly paths: readonly string[] };
  readonly by: BackupMethod;
  /** Program that makes it, where the requirement names one; ours otherwise. */
  readonly command?: readonly string[];
  /** The login that reads the store. */
  readonly account?: Account;
  /** Pods: the component whose image holds the program. */
  readonly job?: Job;
  readonly schedule: Recurring;
  readonly limit: Duration;
  readonly keep: Keep;
  /** Change between two backups that may be lost; log shipping makes it shorter than the schedule. */
  readonly recoveryPoint: Duration;
  /** From the decision to restore to service. */
  readonly recoveryTime: Duration;
  /** The log is shipped continuously, at the latest after this long. Absent: only whole copies. */
  readonly continuous?: Duration;
  /**
   * `keys` go to their own bucket under their own key (TKT-7.6, BRK-25.4); `audit`, heads and exports of audit trails, to
   * the account's bucket for them, which no database administrator can write to or rewrite (TKT-3.2, MUN-2.11).
   */
  readonly material: "data" | "keys" | "audit";
  /** Copied to the second region. Default true. */
  readonly offsite: boolean;
}

export const backup = (
  name: string,
  given: Omit<Backup, "kind" | "name" | "material" | "offsite"> & Partial<Pick<Backup, "material" | "offsite">>,
): Backup => ({
  ...given,
  kind: "backup",
  name,
  material: given.material ?? "data",
  offsite: given.offsite ?? true,
});

/** A practised restore or failover with its result recorded. */
export interface Drill {
  readonly name: string;
  readonly runbook: string;
  readonly schedule: Recurring;
}
export const drill = (name: string, runbook: string, schedule: Recurring): Drill => ({
  name,
  runbook,
  schedule,
});
