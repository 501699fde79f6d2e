import {
  above,
  backup,
  below,
  daily,
  days,
  drill,
  everyMinutes,
  hours,
  job,
  milliseconds,
  minutes,
  objective,
  page,
  percent,
  quarterly,
  seconds,
  ticket,
} from "../../define.ts";
import { api, database, redis, site, uploads, worker } from "./parts.ts";

/** How ticketing is kept safe and watched. */

const archive = backup("database-archive", {
  why: "base backups and write-ahead log for recovery to a point in time (TKT-7.2)",
  of: database,
  by: "pgbackrest",
  account: database.accounts.backup,
  schedule: daily("00:30"),
  limit: hours(2),
  keep: { for: days(30) }, // TKT-7.3
  continuous: minutes(1),
  recoveryPoint: minutes(5),
  recoveryTime: hours(2),
});
const dump = backup("database-dump", {
  why: "a dump that any PostgreSQL can read (TKT-7.1)",
  of: database,
  by: "pg-dump",
  account: database.accounts.backup,
  schedule: daily("03:00"),
  limit: hours(2),
  keep: { for: days(30) }, // TKT-7.3
  recoveryPoint: hours(26),
  recoveryTime: hours(4),
});
const uploadsCopy = backup("uploads", {
  why: "attachments (TKT-7.5)",
  of: uploads,
  by: "file-sync",
  schedule: everyMinutes(60),
  limit: minutes(50),
  keep: { for: days(30) }, // TKT-7.3
  recoveryPoint: hours(2),
  recoveryTime: hours(4),
});
const configuration = backup("configuration", {
  // The catalogue can render all of it again; .env holds live secrets, hence encryption before upload (TKT-SEC.1).
  why: "environment files, NGINX and systemd units as they stood (TKT-7.6)",
  of: { on: api, paths: ["/opt/ticketing/.env", "/etc/nginx/nginx.conf", "/etc/systemd/system"] },
  by: "archive",
  material: "keys",
  schedule: daily("02:30"),
  limit: minutes(15),
  keep: { for: days(30) }, // TKT-7.3
  recoveryPoint: hours(26),
  recoveryTime: hours(1),
});
const redisSnapshot = backup("redis", {
  why: "sessions and queue (TKT-6.3)",
  of: redis,
  by: "redis-snapshot",
  schedule: daily("02:00"),
  limit: minutes(30),
  keep: { for: days(30) }, // TKT-7.3
  recoveryPoint: hours(26),
  recoveryTime: hours(1),
});

const auditAnchor = job("audit-anchor", {
  why: "writes the head of the audit hash chain where no database administrator can change it (TKT-3.2)",
  on: worker,
  command: ["/opt/ticketing/venv/bin/python", "-m", "app.audit_anchor"],
  schedule: everyMinutes(60),
  limit: minutes(10),
});

const dailyBackups = [archive, dump, configuration, redisSnapshot];
const soon = { for: minutes(5) };
const slow = { for: minutes(10) };
const now = { for: minutes(0) };

export const operations = {
  jobs: [auditAnchor],
  backups: [...dailyBackups, uploadsCopy],
  drills: [
    drill("failover-redis", "redis-failover-drill", quarterly("10:00")), // TKT-6.6
    drill("restore-database", "restore-postgres", quarterly("11:00")), // TKT-7.11
    drill("restore-uploads", "restore-uploads", quarterly("13:00")), // TKT-7.8
    drill("restore-redis", "restore-redis", quarterly("14:00")), // TKT-7.10
  ],
  objectives: [
    objective("availability", site, percent(99.9)),
    objective("latency", site, percent(95), { fasterThan: milliseconds(800) }), // figure of NOD-4.7
  ],
  // TKT-4.10..4.12 leave thresholds open: they are ours, or those of NOD and BRK where they name one.
  alerts: [
    page("SlaBreach", "TKT-4.10", above(worker, "sla-breaches", 0), { ...now, over: minutes(5) }),
    page("SlaSchedulerLate", "TKT-4.3", above(worker, "cycle-age", minutes(10)), soon),
    page("Http5xxSpike", "TKT-4.11", above(site, "error-ratio", percent(1)), { ...slow, over: minutes(10) }), // NOD-4.8
    ticket("CertificateExpiresSoon", "TKT-4.12", below(site, "certificate-remaining", days(30)), slow), // BRK-30.1
    page("CertificateExpires", "TKT-4.12", below(site, "certificate-remaining", days(7)), soon),
    ticket("RateLimitRejections", "TKT-1.4", above(site, "rate-limit-rejections", 100), { ...slow, over: minutes(5) }),
    page("RedisDown", "TKT-6.2", above(redis, "members-down", 0), { for: minutes(1) }),
    page("RedisWithoutPrimary", "TKT-6.2", above(redis, "members-without-primary", 0), { for: minutes(1) }),
    ticket("RedisFailover", "TKT-6.2", above(redis, "failovers", 0), { ...now, over: minutes(5) }),
    page("RedisReplicaLag", "TKT-6.2", above(redis, "replica-lag", seconds(10)), soon),
    ticket("RedisMemoryHigh", "TKT-6.2", above(redis, "memory-used", percent(80)), slow),
    ...dailyBackups.flatMap((each) => [
      page("BackupFailed", "TKT-7.12", above(each, "backup-failures", 0), now),
      page("BackupStale", "TKT-4.13", above(each, "backup-age", hours(26)), soon),
    ]),
    page("BackupFailed", "TKT-7.12", above(uploadsCopy, "backup-failures", 0), now),
    page("BackupStale", "TKT-4.13", above(uploadsCopy, "backup-age", hours(3)), soon),
    ticket("BackupSpaceLow", "TKT-7.13", below(database, "disk-free", percent(15)), slow), // 15 %: NOD-4.9
    page("BackupSpaceExhausted", "TKT-7.13", below(database, "disk-free", percent(5)), soon),
    ticket("ClockOffset", "TKT-2.1", above(api, "clock-offset", seconds(1)), soon),
  ],
};
