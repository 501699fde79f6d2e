import type { Alert, Condition, Objective } from "../../schema/alert.ts";
import type { Access, Egress, Flow } from "../../schema/flow.ts";
import type { Backup, Drill, Job, Keep } from "../../schema/job.ts";
import type { Recurring, Schedule, Weekday } from "../../schema/schedule.ts";
import { field } from "../label.ts";
import {
  amount,
  anyText,
  choice,
  either,
  flag,
  list,
  optional,
  positive,
  record,
  reference,
  type Shape,
  texts,
  time,
  timeOrNone,
  union,
  whole,
  words,
} from "../shape.ts";
import { component, components, scratch } from "./components.ts";
import { account, hostedStores, objects, store, stores } from "./stores.ts";
import { alert as alertName, clock, image, name, source, zone } from "./texts.ts";
import { entrypoint, listener, secret, values } from "./values.ts";

/** What runs on a schedule, who may talk to whom, and what is watched. */

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] satisfies Weekday[];
type Every<Kind> = Extract<Schedule, { every: Kind }>;
const recurrences = {
  day: record<Every<"day">>({ every: words, at: clock, zone }),
  week: record<Every<"week">>({ every: words, on: choice(...weekdays), at: clock, zone }),
  quarter: record<Every<"quarter">>({ every: words, at: clock, zone }),
  minutes: record<Every<"minutes">>({ every: words, count: whole(1, 1_440) }),
} satisfies Record<Recurring["every"], Shape>;
const recurring = union("every", recurrences);
const schedule = union("every", {
  ...recurrences,
  release: record<Every<"release">>({ every: words }),
  demand: record<Every<"demand">>({ every: words }),
} satisfies Record<Schedule["every"], Shape>);

const predecessor = union("kind", { job: reference(() => job), backup: reference(() => backup) });

export const job: Shape = record<Job>({
  kind: choice("job"),
  name,
  why: words,
  on: component,
  everyHost: optional(flag),
  command: texts(words, 1),
  image: optional(image),
  scratch: optional(scratch),
  verifies: optional(reference(() => backup)),
  watches: optional(list(secret, undefined, 1)),
  schedule,
  after: optional(predecessor),
  limit: time,
  account: optional(account),
  environment: values,
});

const keep = either(
  (value) => field(value, "for") !== undefined,
  record<Extract<Keep, { for: unknown }>>({ for: time }),
  record<Extract<Keep, { daily: unknown }>>({ daily: whole(1), weekly: whole(0) }),
);
const paths = record<Exclude<Backup["of"], { kind: string }>>({ on: component, paths: texts(words, 1) });
const programs = [
  "pgbackrest",
  "pg-dump",
  "mysqldump",
  "mongodump",
  "redis-snapshot",
  "file-sync",
  "archive",
  "snapshot",
] satisfies Backup["by"][];

export const backup: Shape = record<Backup>({
  kind: choice("backup"),
  name,
  why: words,
  of: either((value) => field(value, "kind") !== undefined, store, paths),
  by: choice(...programs),
  command: optional(texts(words, 1)),
  account: optional(account),
  job: optional(reference(() => job)),
  schedule: recurring,
  limit: time,
  keep,
  recoveryPoint: time,
  recoveryTime: time,
  continuous: optional(time),
  material: choice("data", "keys", "audit"),
  offsite: flag,
});
export const drill: Shape = record<Drill>({ name, runbook: name, schedule: recurring });

const caller = union("kind", { ...components, ...hostedStores, job });
export const flow: Shape = record<Flow>({ from: caller, to: listener, why: anyText, paths: optional(texts(words, 1)) });
export const egress: Shape = record<Egress>({ from: caller, domain: words, port: whole(1, 65_535), why: anyText });
export const access: Shape = record<Access>({
  from: union("kind", { ...components, job }),
  to: objects,
  prefix: words,
  may: list(choice("read", "write", "delete"), () => undefined, 1),
  why: words,
});

const condition = record<Condition>({
  on: union("kind", { ...components, ...stores, web: entrypoint, "pass-through": entrypoint, backup, job, secret }),
  is: choice("above", "below"),
  signal: words,
  threshold: amount(0),
  unit: choice("seconds", "ratio", "count"),
});
export const alert: Shape = record<Alert>({
  name: alertName,
  source,
  condition,
  for: timeOrNone,
  over: optional(time),
  severity: choice("page", "ticket"),
});
export const objective: Shape = record<Objective>({
  name,
  on: entrypoint,
  target: positive(1),
  over: time,
  fasterThan: optional(time),
});
