import { BACKUP_DIRECTORY } from "../schema/dump.ts";
import type { Backup, BackupMethod } from "../schema/job.ts";
import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import { coverage } from "./coverage.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { minutesBetween, season } from "./schedule.ts";
import { show, showNames, showTime } from "./show.ts";

/** What must survive is copied often enough, long enough, elsewhere, and keys apart from data. */

const HOUR = 3_600;

type Subject = Store["kind"] | "paths";
const METHODS: Readonly<Record<BackupMethod, readonly Subject[]>> = {
  pgbackrest: ["patroni"],
  "pg-dump": ["patroni", "managed-postgres"],
  mysqldump: ["local-mysql"],
  mongodump: ["mongo"],
  "redis-snapshot": ["redis-sentinel", "local-redis"],
  "file-sync": ["files", "objects", "paths"],
  archive: ["paths"],
  snapshot: ["managed-postgres", "objects", "files"],
};
const subjectOf = ({ of }: Backup): Subject => ("kind" in of ? of.kind : "paths");

/** AWS Backup starts no copy more often than each hour, and cancels none sooner. */
function snapshot(path: string, { by, schedule, limit }: Backup): readonly Fault[] {
  if (by !== "snapshot") return [];
  return [
    ...unless(
      schedule.every !== "minutes" || schedule.count % 60 === 0,
      `${path}/schedule/count`,
      "must be whole hours for a snapshot",
      schedule.every === "minutes" ? showTime(schedule.count * 60) : schedule.every,
    ),
    ...unless(limit >= HOUR, `${path}/limit`, "must be >= 1 hour for a snapshot", showTime(limit)),
  ];
}

/** Key material by the names it usually has. */
const KEYS = /(^|\/)(\.env|secrets?|keys?|certs?|tls|private)(\/|$)|\.(env|key|pem|p12|pfx)$/;
/** A key that makes certificates lies on no host and in no backup (BRK-SEC.4). */
const AUTHORITY = /(^|\/)ca\.key$/;

function points(path: string, backup: Backup, today: string): readonly Fault[] {
  const { schedule, limit, recoveryPoint, continuous } = backup;
  if (continuous !== undefined) {
    const rule = `must be >= continuous (${showTime(continuous)})`;
    return unless(recoveryPoint >= continuous, `${path}/recoveryPoint`, rule, showTime(recoveryPoint));
  }
  const longest = (minutesBetween(schedule) + season(schedule, today)) * 60 + limit;
  return unless(
    recoveryPoint >= longest,
    `${path}/recoveryPoint`,
    `must be >= the longest time between two copies with limit (${showTime(longest)})`,
    showTime(recoveryPoint),
  );
}

function material(service: Service, path: string, { of, material: kind, offsite }: Backup): readonly Fault[] {
  if (kind === "audit" && offsite) {
    return unless(false, `${path}/offsite`, "must be false: the bucket of audit exports has no copy", show(offsite));
  }
  if ("kind" in of) {
    return unless(
      kind !== "keys",
      `${path}/material`,
      'must be "data" or "audit" for a store (TKT-7.6, BRK-25.4)',
      show(kind),
    );
  }
  const keys = of.paths.filter((each) => KEYS.test(each));
  return [
    ...unless(
      kind === "keys" || keys.length === 0,
      `${path}/material`,
      `must be "keys" where key material is among the paths (TKT-7.6, BRK-25.4): ${showNames(keys)}`,
      show(kind),
    ),
    ...of.paths.flatMap((each, index) => [
      ...unless(each.startsWith("/"), `${path}/of/paths/#${index}`, "must be an absolute path", show(each)),
      ...unless(
        !AUTHORITY.test(each),
        `${path}/of/paths/#${index}`,
        "must not be the key of an authority (BRK-SEC.4)",
        show(each),
      ),
    ]),
    ...unless(
      of.on.kind === "hosts",
      `${path}/of/on`,
      "must be hosts: pods keep nothing",
      `${of.on.name} (${of.on.kind}) of ${service.name}`,
    ),
  ];
}

/** A job on pods leaves its files in space that goes with the run, where the upload finds them. */
function left(service: Service, { job }: Backup): readonly Fault[] {
  if (job?.on.kind !== "pods") return [];
  const directory = job.environment[BACKUP_DIRECTORY];
  return unless(
    typeof directory === "string" && job.scratch?.[directory] !== undefined,
    `${service.name}/jobs/${job.name}/environment/${BACKUP_DIRECTORY}`,
    `must be one of its scratch directories (NOD-3.1): ${showNames(Object.keys(job.scratch ?? {}))}`,
    show(directory),
  );
}

function copied(service: Service, backup: Backup, today: string): readonly Fault[] {
  const path = `${service.name}/backups/${backup.name}`;
  const subject = subjectOf(backup);
  const { keep, schedule } = backup;
  const interval = minutesBetween(schedule) * 60;
  return [
    ...points(path, backup, today),
    ...("for" in keep
      ? unless(
          keep.for >= interval,
          `${path}/keep/for`,
          `must be >= the interval (${showTime(interval)})`,
          showTime(keep.for),
        )
      : unless(
          schedule.every === "day" || schedule.every === "minutes",
          `${path}/keep`,
          "must be a span unless copies are made each day",
          `${keep.daily} daily, ${keep.weekly} weekly`,
        )),
    ...material(service, path, backup),
    ...snapshot(path, backup),
    ...left(service, backup),
    ...unless(
      METHODS[backup.by].includes(subject),
      `${path}/by`,
      `must be a program for ${subject}: ${showNames(
        Object.entries(METHODS).flatMap(([method, subjects]) => (subjects.includes(subject) ? [method] : [])),
      )}`,
      show(backup.by),
    ),
    ...unless(
      backup.continuous === undefined || backup.by === "pgbackrest" || subject === "managed-postgres",
      `${path}/continuous`,
      "must be absent: only pgbackrest and RDS ship a log",
      showTime(backup.continuous ?? 0),
    ),
  ];
}

export const backups: Check = ({ services, today }) =>
  services.flatMap((service) => [
    ...service.backups.flatMap((backup) => copied(service, backup, today)),
    ...coverage(service),
  ]);
