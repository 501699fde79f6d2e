import type { DeclaredBackup } from "../declaration.ts";
import { type Estate, type Host, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { declarationOf } from "./declared-host.ts";
import { tasks } from "./tasks.ts";
import { type Timer, timers } from "./timers.ts";

/** A backup that the catalogue wants a host to make. */
export interface HostBackup {
  readonly at: Place;
  readonly host: Host;
  readonly backup: DeclaredBackup;
  /** The timer that makes it, here or on another host of the same part. */
  readonly timer: Timer | undefined;
}

/**
 * For each declared backup every host of the part that makes it: a backup runs on each of them, a job that leaves one
 * behind on any.
 */
export const hostBackups = kind<HostBackup>("backup of a host", (estate: Estate) => {
  const backups = estate.declaration?.services.flatMap((service) => service.backups) ?? [];
  const byName = new Map(estate.of(timers).map((timer) => [`${timer.host.name} ${timer.name}`, timer]));
  const timerOf = (host: Host, task: string): Timer | undefined =>
    byName.get(`${host.name} platform-task-${task}`) ?? byName.get(`${host.name} ${task}`);
  const parties = estate.hosts.map((host) => [host, declarationOf(estate, host)?.party] as const);
  return backups.flatMap((backup) => {
    const runners = parties.filter(([, party]) => party === backup.runner).map(([host]) => host);
    const jobs = estate
      .of(tasks)
      .filter(({ host, kind: of, prefix }) => of === "job" && runners.includes(host) && leaves(prefix, backup.name));
    return runners.map((host): HostBackup => {
      const job = jobs[0];
      const elsewhere = job === undefined ? undefined : timerOf(job.host, job.name);
      return { at: placeOfHost(host), host, backup, timer: timerOf(host, backup.name) ?? elsewhere };
    });
  });
});

/** `ticketing/audit-heads/` is where `audit-heads` is left. */
const leaves = (prefix: string | undefined, name: string): boolean => prefix?.split("/").includes(name) === true;
