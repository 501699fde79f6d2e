import {
  above,
  backup,
  below,
  daily,
  days,
  drill,
  eachRelease,
  everyMinutes,
  hostAlerts,
  hours,
  job,
  milliseconds,
  minutes,
  objective,
  page,
  percent,
  quarterly,
  rotationAlerts,
  seconds,
  ticket,
} from "../../define.ts";
import { api, site, worker } from "./components.ts";
import { database, postgres, redis, secrets, uploads } from "./stores.ts";

/** How ticketing is kept safe and watched. Times of day, recovery objectives and other figures without an id are ours. */

const keep = { for: days(30) }; // TKT-7.3

const archive = backup("database-archive", {
  why: "base backups and write-ahead log for recovery to a point in time (TKT-7.2)",
  of: database,
  by: "pgbackrest",
  account: database.accounts.backup,
  schedule: daily("00:30"),
  limit: hours(2),
  keep,
  continuous: minutes(1),
  recoveryPoint: minutes(5),
  recoveryTime: hours(2),
});
const dump = backup("database-dump", {
  why: "a dump that any PostgreSQL can read (TKT-7.1)",
  of: database,
  by: "pg-dump",
  account: database.accounts.backup,
  schedule: daily("03:00"), // daily: TKT-7.1
  limit: hours(2),
  keep,
  recoveryPoint: hours(26),
  recoveryTime: hours(4),
});
const redisSnapshot = backup("redis", {
  why: "sessions and queue (TKT-6.3)",
  of: redis,
  by: "redis-snapshot",
  schedule: daily("02:00"),
  limit: minutes(30),
  keep,
  recoveryPoint: hours(26),
  recoveryTime: hours(1),
});
const uploadsCopy = backup("uploads", {
  why: "attachments (TKT-7.5)",
  of: uploads,
  by: "file-sync",
  schedule: everyMinutes(60),
  limit: minutes(50),
  keep,
  recoveryPoint: hours(2),
  recoveryTime: hours(4),
});

/** The catalogue can render all of it again; the files hold live secrets, hence their own bucket and key (TKT-SEC.1). */
const configuration = {
  by: "archive",
  material: "keys",
  schedule: daily("02:30"),
  limit: minutes(15),
  keep,
  recoveryPoint: hours(26),
  recoveryTime: hours(1),
} as const;
const configurations = [
  backup("configuration", {
    ...configuration,
    why: "environment file, NGINX and systemd units as they stood (TKT-7.6)",
    of: { on: api, paths: ["/opt/ticketing/.env", "/etc/nginx/nginx.conf", "/etc/systemd/system"] }, // TKT-7.6
  }),
  backup("configuration-worker", {
    ...configuration,
    why: "environment files and systemd units as they stood (TKT-7.6)",
    of: { on: worker, paths: ["/opt/ticketing/scheduler.env", "/opt/ticketing/bot.env", "/etc/systemd/system"] },
  }),
];

const hourly = { schedule: everyMinutes(60), limit: minutes(10) };
const auditAnchor = job("audit-anchor", {
  why: "checks the hash chain of the audit trail and writes its head to the locked bucket of audit exports (TKT-3.2)",
  on: worker,
  command: ["/opt/ticketing/venv/bin/python", "-m", "app.audit_anchor"],
  ...hourly,
  account: database.accounts.audit,
  environment: { DATABASE_URL: postgres("audit") },
});
// Each head seals all that came before: whoever rewrites history, of any age, contradicts a year of locked heads.
const auditHeads = backup("audit-heads", {
  why: "heads of the hash chain, where no database administrator can change them (TKT-3.2)",
  of: database,
  by: "pg-dump",
  job: auditAnchor,
  account: database.accounts.audit,
  ...hourly,
  material: "audit",
  offsite: false, // the account's bucket for audit exports has no copy; the dump of the trail itself has
  keep: { for: days(365) }, // as the service's audit log
  recoveryPoint: hours(2),
  recoveryTime: hours(1),
});

const migrate = job("migrate", {
  why: "makes and changes tables, those of API clients and audit trail among them (TKT-1.7, TKT-3.1)",
  on: api,
  command: ["/opt/ticketing/venv/bin/alembic", "upgrade", "head"],
  schedule: eachRelease,
  limit: minutes(15),
  account: database.accounts.migrate,
  environment: { DATABASE_URL: postgres("migrate") },
});

const daysCopies = [archive, dump, redisSnapshot, ...configurations];
const hoursCopies = [uploadsCopy, auditHeads];

const soon = { for: minutes(5) };
const slow = { for: minutes(10) };
const now = { for: minutes(0) };

export const operations = {
  jobs: [auditAnchor, migrate],
  backups: [...daysCopies, ...hoursCopies],
  // Each quarter, with the result recorded (TKT-7.11).
  drills: [
    drill("failover-redis", "redis-failover-drill", quarterly("10:00")), // TKT-6.6
    drill("restore-database", "restore-postgres", quarterly("11:00")), // TKT-7.7
    drill("restore-uploads", "restore-uploads", quarterly("13:00")), // TKT-7.8
    drill("restore-redis", "restore-redis", quarterly("14:00")), // TKT-7.10
  ],
  objectives: [
    objective("availability", site, percent(99.9)),
    objective("latency", site, percent(95), { fasterThan: milliseconds(800) }), // NOD-4.7
  ],
  // TKT names what to watch and no threshold: those of NOD and BRK where they have one, ours otherwise.
  alerts: [
    page("SlaBreach", "TKT-4.10", above(worker, "sla-breaches", 0), { ...now, over: minutes(5) }),
    page("SlaSchedulerLate", "TKT-4.3", above(worker, "cycle-age", minutes(10)), soon),
    ...[site, api, worker].map((each) =>
      page("EndpointDown", "TKT-8.2", above(each, "endpoints-down", 0), { for: minutes(2) }),
    ),
    page("ApiP95High", "TKT-4.2", above(site, "latency-p95", milliseconds(800)), soon), // NOD-4.7
    page("Http5xxSpike", "TKT-4.11", above(site, "error-ratio", percent(1)), { ...now, over: minutes(10) }), // NOD-4.8
    ticket("RateLimitRejections", "TKT-1.4", above(site, "rate-limit-rejections", 100), { ...slow, over: minutes(5) }),
    ticket("CertificateExpiresSoon", "TKT-4.12", below(site, "certificate-remaining", days(30)), slow), // BRK-30.1
    page("CertificateExpires", "TKT-4.12", below(site, "certificate-remaining", days(7)), soon),
    ...rotationAlerts(secrets),
    ...hostAlerts(api, worker, database, redis),
    ticket("ClockOffset", "TKT-2.1", above(api, "clock-offset", seconds(1)), soon),

    page("DatabaseDown", "TKT-4.4", above(database, "members-down", 0), { for: minutes(2) }),
    page("DatabaseWithoutPrimary", "TKT-4.4", above(database, "members-without-primary", 0), { for: minutes(1) }),
    ticket("DatabaseReplicaLag", "TKT-4.4", above(database, "replica-lag", seconds(60)), soon),
    page("RedisDown", "TKT-6.2", above(redis, "members-down", 0), { for: minutes(1) }),
    page("RedisWithoutPrimary", "TKT-6.2", above(redis, "members-without-primary", 0), { for: minutes(1) }),
    ticket("RedisFailover", "TKT-6.2", above(redis, "failovers", 0), { ...now, over: minutes(5) }),
    page("RedisReplicaLag", "TKT-6.2", above(redis, "replica-lag", seconds(10)), soon),
    ticket("RedisMemoryHigh", "TKT-6.2", above(redis, "memory-used", percent(80)), slow),

    ...daysCopies.flatMap((each) => [
      page("BackupFailed", "TKT-7.12", above(each, "backup-failures", 0), now),
      page("BackupStale", "TKT-4.13", above(each, "backup-age", hours(26)), soon),
    ]),
    ...hoursCopies.flatMap((each) => [
      page("BackupFailed", "TKT-7.12", above(each, "backup-failures", 0), now),
      page("BackupStale", "TKT-4.13", above(each, "backup-age", hours(3)), soon),
    ]),
    // The vault does not fill up: what can is the volume where dumps, logs and snapshots wait to be copied.
    ...[database, redis].flatMap((each) => [
      ticket("BackupSpaceLow", "TKT-7.13", below(each, "disk-free", percent(15)), slow), // NOD-4.9
      page("BackupSpaceExhausted", "TKT-7.13", below(each, "disk-free", percent(5)), soon),
    ]),
  ],
};
