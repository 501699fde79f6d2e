import type { Backup, BackupMethod } from "../schema/job.ts";
import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { minutesBetween, season } from "./schedule.ts";
import { show, showNames, showTime } from "./show.ts";

/** What must survive is copied often enough, long enough, elsewhere, and keys apart from data. */

const DAY = 86_400;
const HOUR = 3_600;
/** Days that RDS keeps automated backups at most. */
const RDS_LONGEST = 35;

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

/** What a store holds that nobody could make again. */
function durable(store: Store): boolean {
  switch (store.kind) {
    case "redis-sentinel":
      return store.durable.length > 0;
    case "local-redis":
      // Work on its way: hours later a copy would only repeat what has been done. Its append-only file outlives a restart.
      return false;
    case "objects":
      return store.expires === undefined;
    default:
      return true;
  }
}

function pointInTime(service: Service, store: Store): readonly Fault[] {
  const path = `${service.name}/stores/${store.name}/pointInTime`;
  if (store.kind === "managed-postgres") {
    const days = store.pointInTime / DAY;
    return unless(
      Number.isInteger(days) && days <= RDS_LONGEST,
      path,
      `must be 1 to ${RDS_LONGEST} whole days: RDS keeps no more`,
      showTime(store.pointInTime),
    );
  }
  if (store.kind !== "patroni") return [];
  const kept = service.backups
    .filter(({ of, continuous }) => of === store && continuous !== undefined)
    .map(({ keep }) => ("for" in keep ? keep.for : keep.daily * DAY));
  const longest = Math.max(0, ...kept);
  return unless(
    store.pointInTime <= longest,
    path,
    `must be <= what a continuous backup keeps (${showTime(longest)})`,
    showTime(store.pointInTime),
  );
}

/** One copy of personal data at least survives the loss of a region; not every program can make it. */
function away(service: Service, store: Store): readonly Fault[] {
  const copies = service.backups.filter(({ of }) => of === store);
  return unless(
    service.data !== "personal" || copies.length === 0 || copies.some(({ offsite }) => offsite),
    `${service.name}/stores/${store.name}`,
    "must have a backup with offsite true: its data is personal (MUN-4.15)",
    `none of ${showNames(copies.map(({ name }) => name))}`,
  );
}

/** AWS Backup finds a store by a tag, which has one value. */
function selected(service: Service, store: Store): readonly Fault[] {
  const copies = service.backups.filter(({ of, by }) => of === store && by === "snapshot");
  return unless(
    copies.length <= 1,
    `${service.name}/stores/${store.name}`,
    "must have at most one backup by snapshot",
    showNames(copies.map(({ name }) => name)),
  );
}

export const backups: Check = ({ services, today }) =>
  services.flatMap((service) => [
    ...service.backups.flatMap((backup) => copied(service, backup, today)),
    ...service.stores.flatMap((store) => [
      ...unless(
        !durable(store) || service.backups.some(({ of }) => of === store),
        `${service.name}/stores/${store.name}`,
        "must have a backup: its data cannot be made again",
        "none",
      ),
      ...selected(service, store),
      ...pointInTime(service, store),
      ...away(service, store),
    ]),
  ]);
