import { type Estate, type Host, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { type Task, tasks } from "./tasks.ts";
import { type Timer, timers } from "./timers.ts";
import { services, type Unit } from "./units.ts";

/** Something that deletes data for good, at its own time. */
export interface Purge {
  readonly at: Place;
  /** `purge`, `cleanup.service`. */
  readonly name: string;
  /** Backups of the same host that it waits for: that must have been made before it may begin. */
  readonly waitsFor: readonly string[];
  /** Backups that the host makes. */
  readonly backups: readonly string[];
}

/** What deletes says so in its name or in what it calls. */
const DELETES = /purge|clean-?_?up|prune|delete[_ ]|expire[_ ]|sp_cleanup/i;
/** Of files that are made again, or that only say when. */
const HARMLESS = /tmpfiles|logrotate|apt|certificat|crl/i;

/** Every task and every service of a host that deletes. */
export const purges = kind<Purge>("purge", (estate: Estate) => {
  const backups = backupsOf(estate);
  const byTask = new Set<string>();
  const ofTasks = estate.of(tasks).flatMap((task: Task): readonly Purge[] => {
    const words = `${task.name} ${task.command}`;
    if (task.kind === "backup" || !DELETES.test(words) || HARMLESS.test(words)) return [];
    byTask.add(`${task.host.name} platform-task-${task.name}.service`);
    const made = backups.get(task.host) ?? [];
    return [{ at: task.at, name: task.name, waitsFor: made.filter((each) => each === task.after), backups: made }];
  });
  const ofServices = estate.of(services).flatMap((unit: Unit): readonly Purge[] => {
    const words = `${unit.name} ${unit.list("Service.ExecStart").join(" ")}`;
    if (byTask.has(`${unit.host.name} ${unit.name}`) || !DELETES.test(words) || HARMLESS.test(words)) return [];
    const made = backups.get(unit.host) ?? [];
    const ordered = new Set(unit.list("Unit.After").flatMap((line) => line.split(/\s+/)));
    const needed = ["Unit.Requires", "Unit.BindsTo"]
      .flatMap((name) => unit.list(name))
      .flatMap((line) => line.split(/\s+/));
    const waitsFor = made.filter((name) =>
      needed.some((each) => ordered.has(each) && each.endsWith(`${name}.service`)),
    );
    return [{ at: unit.at, name: unit.name, waitsFor, backups: made }];
  });
  return [...ofTasks, ...ofServices];
});

/** Backups that a host makes by itself: tasks of that kind with a timer, and timers that are named for one. */
function backupsOf(estate: Estate): ReadonlyMap<Host, readonly string[]> {
  const found = new Map<Host, string[]>();
  const timed = new Set(estate.of(timers).map(({ host, name }) => `${host.name} ${name}`));
  const add = (host: Host, name: string): void => void found.set(host, [...(found.get(host) ?? []), name]);
  for (const { host, name, kind: of } of estate.of(tasks)) {
    if (of === "backup" && timed.has(`${host.name} platform-task-${name}`)) add(host, name);
  }
  for (const { host, name } of estate.of(timers) as readonly Timer[]) {
    if (/backup|dump/.test(name) && !name.startsWith("platform-task-")) add(host, name);
  }
  return found;
}
