import type { Backup, Job } from "../schema/job.ts";
import type { Recurring } from "../schema/schedule.ts";
import type { Service } from "../schema/service.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { gap, isRecurring, minutesBetween, showSchedule } from "./schedule.ts";
import { show, showTime } from "./show.ts";

/** Jobs and backups never overlap themselves, and start when what they follow has ended. */

const HOUR = 60;

/** Minutes that fit evenly into an hour, or hours that fit evenly into a day: timers cannot say others. */
const even = (count: number) => (count < HOUR ? HOUR % count === 0 : count % HOUR === 0 && 1_440 % count === 0);

function recurs(path: string, schedule: Recurring, limit: number): readonly Fault[] {
  const interval = minutesBetween(schedule) * 60;
  return [
    ...unless(
      schedule.every !== "minutes" || even(schedule.count),
      `${path}/schedule/count`,
      "must divide an hour, or be hours that divide a day",
      show(schedule.every === "minutes" ? schedule.count : undefined),
    ),
    ...unless(limit <= interval, `${path}/limit`, `must be <= the interval (${showTime(interval)})`, showTime(limit)),
  ];
}

/** True when following `after` leads back to where one has been. */
function circular(start: Job): boolean {
  const seen = new Set<Job | Backup>();
  let next: Job | Backup | undefined = start;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    next = next.kind === "job" ? next.after : undefined;
  }
  return next !== undefined;
}

function follows(path: string, job: Job, first: Job | Backup, today: string): readonly Fault[] {
  if (!isRecurring(job.schedule)) return [];
  const earlier = first.schedule;
  if (!isRecurring(earlier)) {
    return [{ path: `${path}/after`, rule: "must run by itself", got: `${first.name}, ${showSchedule(earlier)}` }];
  }
  const minutes = gap(earlier, job.schedule, today);
  return [
    ...unless(
      minutesBetween(earlier) <= minutesBetween(job.schedule),
      `${path}/after`,
      `must run at least as often as ${job.name}`,
      `${first.name}, ${showSchedule(earlier)}`,
    ),
    // A fault in a time of day has been reported as such: there is no gap to judge.
    ...unless(
      Number.isNaN(minutes) || minutes * 60 >= first.limit,
      `${path}/schedule`,
      `must start when ${first.name} has ended: ${showSchedule(earlier)}, limit ${showTime(first.limit)}`,
      `${showSchedule(job.schedule)}, ${showTime(minutes * 60)} after it`,
    ),
  ];
}

function ofJob(service: Service, job: Job, today: string): readonly Fault[] {
  const path = `${service.name}/jobs/${job.name}`;
  return [
    ...(isRecurring(job.schedule) ? recurs(path, job.schedule, job.limit) : []),
    ...unless(!circular(job), `${path}/after`, "must not lead back to itself", job.after?.name ?? ""),
    ...(job.after === undefined ? [] : follows(path, job, job.after, today)),
    ...unless(
      job.everyHost !== true || job.on.kind === "hosts",
      `${path}/everyHost`,
      "must be absent for pods",
      "true",
    ),
    ...(["image", "scratch"] as const).flatMap((field) =>
      unless(
        job[field] === undefined || job.on.kind === "pods",
        `${path}/${field}`,
        "must be absent for hosts",
        show(job[field]),
      ),
    ),
  ];
}

export const jobs: Check = ({ services, today }) =>
  services.flatMap((service) => [
    ...service.jobs.flatMap((job) => ofJob(service, job, today)),
    ...service.backups.flatMap(({ name, schedule, limit }) =>
      recurs(`${service.name}/backups/${name}`, schedule, limit),
    ),
    ...service.drills.flatMap(({ name, schedule }) => recurs(`${service.name}/drills/${name}`, schedule, 0)),
  ]);
