import {
  above,
  backup,
  below,
  daily,
  days,
  drill,
  hostAlerts,
  hours,
  milliseconds,
  minutes,
  objective,
  page,
  percent,
  quarterly,
  rotationAlerts,
  rotationCheck,
  seconds,
  ticket,
} from "../../define.ts";
import { api, clamav, front, frontend } from "./components.ts";
import { auditAnchor, dumpJob, logins, migrate, offsite, purge, seal } from "./jobs.ts";
import { secrets } from "./secrets.ts";
import { site } from "./site.ts";
import { attachments, database, redis } from "./stores.ts";
import { beat, databaseExporter, queueExporter, worker } from "./workers.ts";

/** How resident-services is kept safe and watched. Times of day, recovery objectives and other figures without an id are ours. */

/** What is purged stays in locked copies for this time and one interval, and no longer (MUN-SEC.2). */
const keep = { for: days(35) };

const snapshot = backup("database-snapshot", {
  why: "daily snapshot, and the log for recovery to a point in time (MUN-4.12, MUN-4.14)",
  of: database,
  by: "snapshot",
  schedule: daily("03:00"), // daily: MUN-4.14
  limit: hours(1),
  keep,
  continuous: minutes(5),
  offsite: false, // a Multi-AZ DB cluster cannot; the dump goes instead
  recoveryPoint: minutes(5),
  recoveryTime: hours(2),
});
const dump = backup("database-dump", {
  why: "weekly copy off site (MUN-4.15)",
  of: database,
  by: "pg-dump",
  account: database.accounts.backup,
  job: dumpJob,
  ...offsite, // weekly: MUN-4.15
  keep,
  recoveryPoint: days(8),
  recoveryTime: hours(8),
});
const files = backup("attachments", {
  why: "uploads, also in the second region (MUN-4.12, MUN-4.14, MUN-4.15)",
  of: attachments,
  by: "snapshot",
  schedule: daily("03:00"), // daily: MUN-4.14
  limit: hours(2),
  keep,
  recoveryPoint: hours(26),
  recoveryTime: hours(8),
});
const redisSnapshot = backup("redis", {
  why: "sessions, queues and schedule, for the loss of all three hosts (MUN-4.12)",
  of: redis,
  by: "redis-snapshot",
  schedule: daily("02:45"),
  limit: minutes(30),
  keep: { for: days(7) }, // older sessions and tasks are of no use
  recoveryPoint: hours(26),
  recoveryTime: hours(1),
});

// Each head seals all that came before: whoever rewrites history, of any age, contradicts a year of locked heads.
const auditHeads = backup("audit-heads", {
  why: "heads of the audit log's hash chain, where no database administrator can change them (MUN-2.11)",
  of: database,
  by: "pg-dump",
  account: database.accounts.audit,
  job: auditAnchor,
  ...seal,
  material: "audit",
  offsite: false, // the account's bucket for audit exports has no copy; the dump of the log itself has
  keep: { for: days(365) }, // as the service's audit log
  recoveryPoint: hours(26),
  recoveryTime: hours(1),
});

const soon = { for: minutes(5) };
const slow = { for: minutes(10) };
const now = { for: minutes(0) };

export const operations = {
  jobs: [logins, migrate, purge, auditAnchor, dumpJob, rotationCheck(secrets, worker)],
  backups: [snapshot, dump, files, redisSnapshot, auditHeads],
  // MUN-4.13; the interval is that of TKT-7.11.
  drills: [
    drill("failover-redis", "redis-failover-drill", quarterly("10:00")),
    drill("restore-database", "restore-postgres", quarterly("11:00")),
    drill("restore-attachments", "restore-attachments", quarterly("13:00")),
    drill("restore-redis", "restore-redis", quarterly("14:00")),
    drill("lose-zone", "zone-loss", quarterly("15:00")),
  ],
  objectives: [
    objective("availability", site, percent(99.9)), // its budget: MUN-3.10
    objective("latency", site, percent(95), { fasterThan: milliseconds(800) }), // NOD-4.7
  ],
  alerts: [
    ...[site, front, api, frontend, worker, beat, clamav, queueExporter, databaseExporter].map((each) =>
      page("EndpointDown", "MUN-3.7", above(each, "endpoints-down", 0), { for: minutes(2) }),
    ),
    page("CeleryQueueDepthHigh", "MUN-3.8", above(worker, "queue-depth", 500), slow),
    page("ApiP95High", "MUN-3.9", above(site, "latency-p95", milliseconds(800)), soon), // NOD-4.7
    page("Http5xxRatioHigh", "NOD-4.8", above(site, "error-ratio", percent(1)), { ...now, over: minutes(10) }),
    ticket("RateLimitRejections", "MUN-2.5", above(site, "rate-limit-rejections", 100), { ...slow, over: minutes(5) }),
    page("ClamavSignaturesStale", "MUN-2.7", above(clamav, "virus-signature-age", hours(36)), { for: minutes(30) }),

    ticket("CertificateExpiresSoon", "MUN-2.2", below(site, "certificate-remaining", days(30)), slow), // BRK-30.1
    page("CertificateExpires", "MUN-2.2", below(site, "certificate-remaining", days(7)), soon),
    ticket("SamlCertificateExpiresSoon", "MUN-1.2", below(secrets.samlKey, "certificate-remaining", days(30)), slow),
    page("SamlCertificateExpires", "MUN-1.2", below(secrets.samlKey, "certificate-remaining", days(7)), soon),
    ...rotationAlerts(secrets, "MUN-2.16"),
    ...hostAlerts(redis),

    page("DatabaseDown", "MUN-4.6", above(database, "members-down", 0), { for: minutes(2) }),
    ticket("DatabaseReplicaLag", "MUN-4.6", above(database, "replica-lag", seconds(60)), soon),
    ticket("DatabaseSpaceLow", "MUN-4.6", below(database, "disk-free", percent(15)), slow), // NOD-4.9
    page("DatabaseSpaceExhausted", "MUN-4.6", below(database, "disk-free", percent(5)), soon),
    page("RedisDown", "MUN-4.7", above(redis, "members-down", 0), { for: minutes(1) }),
    page("RedisWithoutPrimary", "MUN-4.7", above(redis, "members-without-primary", 0), { for: minutes(1) }),
    ticket("RedisFailover", "MUN-4.7", above(redis, "failovers", 0), { ...now, over: minutes(5) }),
    page("RedisReplicaLag", "MUN-4.7", above(redis, "replica-lag", seconds(10)), soon),
    ticket("RedisMemoryHigh", "MUN-4.7", above(redis, "memory-used", percent(80)), slow),
    ticket("RedisSpaceLow", "MUN-4.7", below(redis, "disk-free", percent(15)), slow), // NOD-4.9

    page("PurgeFailed", "MUN-2.10", above(purge, "purge-failures", 0), now),
    ticket("PurgeOverdue", "MUN-2.13", above(purge, "cycle-age", hours(26)), soon),
    ...[snapshot, files, redisSnapshot, auditHeads].flatMap((each) => [
      page("BackupFailed", "MUN-4.12", above(each, "backup-failures", 0), now),
      page("BackupStale", "MUN-4.14", above(each, "backup-age", hours(26)), soon),
    ]),
    page("BackupFailed", "MUN-4.12", above(dump, "backup-failures", 0), now),
    page("BackupStale", "MUN-4.15", above(dump, "backup-age", days(8)), soon),
  ],
};
