import type { Backup, Job } from "../../services/schema/job.ts";
import type { Recurring } from "../../services/schema/schedule.ts";
import { backupTask } from "./backups.ts";
import { onCalendar } from "./calendar.ts";
import { valueText } from "./markers.ts";
import type { GroupPlace, Variables } from "./role.ts";

/** Variables as text, with markers for secrets: a file that only root reads. */
export type Environment = Readonly<Record<string, string>>;

/** Something that a timer starts on hosts of a group, and what its program must know of it. */
export interface Task {
  readonly name: string;
  readonly kind: "backup" | "job";
  readonly why: string;
  readonly schedule: Recurring;
  readonly limitSeconds: number;
  /** `first`: on the first host alone. `turns`: on each, moved so that they take turns. `every`: on each at the same time. */
  readonly hosts: "first" | "turns" | "every";
  readonly environment: Environment;
  readonly after?: { readonly name: string; readonly schedule: Recurring };
  readonly does: Variables;
  /** What the unit starts, where a requirement names a program. Default: our own. */
  readonly command?: readonly string[];
}

const SYSTEM_PROGRAMS = "/usr/local/sbin/";

/** Whoever a job runs as: the user of the unit whose directory holds its program; root for programs of the platform's own. */
function runsAs({ group }: GroupPlace, { command: [program = ""] }: Job): Variables {
  const units = group.kind === "hosts" ? group.units : [];
  const unit =
    program.startsWith("/") && !program.startsWith(SYSTEM_PROGRAMS) ? units.find(inside(program)) : undefined;
  return unit === undefined ? { user: "root", directory: "/" } : { user: unit.user, directory: unit.directory };
}
const inside = (program: string) => (unit: { readonly directory: string }) => program.startsWith(`${unit.directory}/`);

const pathOf = ({ resolved }: GroupPlace, list: "jobs" | "backups", name: string): string =>
  `${resolved.service.name}/${list}/${name}`;

/** What a job must wait for, if it comes again by itself. */
function before(place: GroupPlace, { name, after }: Job): Task["after"] {
  if (after === undefined) return undefined;
  const { schedule } = after;
  if (schedule.every === "release" || schedule.every === "demand") {
    throw new Error(`${pathOf(place, "jobs", name)}/after: must come again by itself on hosts, got ${after.name}`);
  }
  return { name: after.name, schedule };
}

/** A job of a group's hosts that comes again by itself; undefined for those of releases and of people. */
function jobTask(place: GroupPlace, job: Job): Task | undefined {
  const { schedule } = job;
  if (schedule.every === "release" || schedule.every === "demand") return undefined;
  const after = before(place, job);
  const backup = place.resolved.service.backups.find((each) => each.job === job);
  return {
    name: job.name,
    kind: "job",
    why: job.why,
    schedule,
    limitSeconds: job.limit,
    hosts: job.everyHost === true ? "every" : "first",
    environment: Object.fromEntries(
      Object.entries(job.environment).map(([key, value]) => [key, valueText(place.resolved, value)]),
    ),
    ...(after === undefined ? {} : { after }),
    does: {
      command: job.command,
      ...runsAs(place, job),
      // What the job leaves goes to the place of the backup that it makes.
      ...(backup === undefined ? {} : { leaves: backupTask(place, backup).does }),
    },
  };
}

/** The party that a group is: `ticketing/api`. */
const party = ({ resolved, group }: GroupPlace): string => `${resolved.service.name}/${group.name}`;

/** Backups that hosts of a group make; one that a job makes is that job's. */
const backups = (place: GroupPlace): readonly Backup[] =>
  place.resolved.service.backups.filter(
    ({ name, job }) =>
      job === undefined &&
      place.resolved.backups.some((resolved) => resolved.name === name && resolved.runner === party(place)),
  );

/** All that timers start on the hosts of a group. */
export const tasksOf = (place: GroupPlace): readonly Task[] => [
  ...backups(place).map((backup) => backupTask(place, backup)),
  ...place.resolved.service.jobs.filter(({ on }) => on === place.group).flatMap((job) => jobTask(place, job) ?? []),
];

/** When a task starts on one of a group's hosts; undefined: not there. */
export function timerOf(place: GroupPlace, task: Task, host: GroupPlace["hosts"][number]): string | undefined {
  const index = place.hosts.indexOf(host);
  const path = pathOf(place, task.kind === "job" ? "jobs" : "backups", task.name);
  if (task.hosts === "first" && index > 0) return undefined;
  const minutes = task.schedule.every === "minutes" ? task.schedule.count : 0;
  const shift = task.hosts === "turns" ? Math.floor((minutes * index) / place.hosts.length) : 0;
  return onCalendar(path, task.schedule, shift);
}
