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
  onDemand,
  page,
  percent,
  postgresDump,
  postgresLogins,
  quarterly,
  rotationAlerts,
  rotationCheck,
  seconds,
  ticket,
} from "../../define.ts";
import { api, front, postgres, site } from "./components.ts";
import { database, redis, secrets } from "./stores.ts";

/** How student allocation is kept safe and watched. Times of day, recovery objectives and other figures without an id are ours. */

const night = { schedule: daily("01:00"), limit: hours(1) };

export const dumpJob = postgresDump(
  database,
  { user: "backup", account: database.accounts.backup },
  {
    why: "dumps the database for the copy in the second region",
    on: api,
    file: "allocation.dump",
    ...night,
  },
);

const dump = backup("database-dump", {
  why: "API keys and allocations, off site",
  of: database,
  by: "pg-dump",
  account: database.accounts.backup,
  job: dumpJob,
  ...night,
  keep: { for: days(30) }, // TKT-7.3
  recoveryPoint: hours(26),
  recoveryTime: hours(4),
});
const redisSnapshot = backup("redis", {
  // Older than the last revocations: a restore from it ends with a new token signing key, which revokes all tokens.
  why: "deny list and idempotency keys, for the loss of all three hosts (ALC-1.6)",
  of: redis,
  by: "redis-snapshot",
  schedule: everyMinutes(60),
  limit: minutes(20),
  keep: { for: days(7) }, // What it holds lives for a day (ALC-2.3).
  recoveryPoint: hours(2),
  recoveryTime: hours(1),
});

export const logins = postgresLogins(database, { on: api });

export const migrate = job("migrate", {
  why: "changes the schema",
  on: api,
  command: ["python", "-m", "alembic", "upgrade", "head"],
  schedule: eachRelease,
  after: logins,
  limit: minutes(15),
  account: database.accounts.migrate,
  environment: { DATABASE_URL: postgres("migrate") },
});
export const apiKeys = job("api-keys", {
  why: "lists, issues and revokes API keys, with a trace of who started it (ALC-1.9)",
  on: api,
  command: ["python", "tools/api_keys.py"], // ALC-1.9
  schedule: onDemand,
  limit: minutes(5),
  account: database.accounts.keys,
  environment: { DATABASE_URL: postgres("keys"), API_KEY_HMAC_SECRET: secrets.apiKeyHmac },
});

const soon = { for: minutes(5) };
const slow = { for: minutes(10) };
const now = { for: minutes(0) };

export const operations = {
  jobs: [dumpJob, logins, migrate, apiKeys, rotationCheck(secrets, api)],
  backups: [dump, redisSnapshot],
  drills: [
    drill("failover-redis", "redis-failover-drill", quarterly("10:00")), // ALC-2.11; the interval is TKT-7.11's
    drill("restore-database", "restore-postgres", quarterly("11:00")), // TKT-7.11
    drill("restore-redis", "restore-redis", quarterly("14:00")), // ALC-1.6
  ],
  objectives: [
    objective("availability", site, percent(99.9)),
    objective("latency", site, percent(95), { fasterThan: milliseconds(800) }), // ALC-8.6 gives no figure; that of NOD-4.7
  ],
  alerts: [
    page("ApiP95High", "ALC-6.3", above(site, "latency-p95", milliseconds(800)), soon), // NOD-4.7
    page("Http5xxRatioHigh", "ALC-6.3", above(site, "error-ratio", percent(1)), { ...now, over: minutes(10) }), // NOD-4.8
    ...[site, front, api].map((each) =>
      page("EndpointDown", "ALC-6.3", above(each, "endpoints-down", 0), { for: minutes(2) }),
    ),
    ticket("AuthFailuresHigh", "ALC-6.4", above(api, "auth-failures", 100), { ...now, over: minutes(5) }),
    ticket("RateLimitRejectionsHigh", "ALC-6.5", above(api, "rate-limit-rejections", 100), {
      ...slow,
      over: minutes(5),
    }),
    // While this fires GETs are not limited (ALC-2.10) and POSTs are refused (ALC-2.11).
    page("RedisRetryExhausted", "ALC-6.7", above(api, "retries-exhausted", 0), { ...now, over: minutes(5) }),
    ticket("RedisLatencyHigh", "ALC-6.7", above(api, "redis-latency-p95", milliseconds(100)), soon),
    page("RedisDown", "ALC-2.11", above(redis, "members-down", 0), { for: minutes(1) }),
    page("RedisWithoutPrimary", "ALC-2.11", above(redis, "members-without-primary", 0), { for: minutes(1) }),
    ticket("RedisFailover", "ALC-2.11", above(redis, "failovers", 0), { ...now, over: minutes(5) }),
    page("RedisReplicaLag", "ALC-1.6", above(redis, "replica-lag", seconds(2)), soon),
    page("RedisMemoryHigh", "ALC-2.3", above(redis, "memory-used", percent(80)), slow), // Full means POSTs refused.
    ticket("RedisSpaceLow", "ALC-2.1", below(redis, "disk-free", percent(15)), slow), // NOD-4.9
    ticket("ClockOffset", "ALC-1.5", above(api, "clock-offset", seconds(30)), soon), // a quarter of the tolerance
    page("DatabaseDown", "ALC-1.7", above(database, "members-down", 0), { for: minutes(2) }),
    ticket("DatabaseSpaceLow", "NOD-4.9", below(database, "disk-free", percent(15)), slow),
    page("DatabaseSpaceExhausted", "NOD-4.9", below(database, "disk-free", percent(5)), soon), // 5 %: ours
    ticket("CertificateExpiresSoon", "BRK-30.1", below(site, "certificate-remaining", days(30)), slow),
    page("CertificateExpires", "BRK-30.1", below(site, "certificate-remaining", days(7)), soon),
    page("BackupFailed", "ALC-1.6", above(redisSnapshot, "backup-failures", 0), now),
    page("BackupStale", "ALC-1.6", above(redisSnapshot, "backup-age", hours(3)), soon),
    page("BackupFailed", "TKT-7.12", above(dump, "backup-failures", 0), now),
    page("BackupStale", "TKT-4.13", above(dump, "backup-age", hours(26)), soon),
    ...rotationAlerts(secrets),
    ...hostAlerts(redis),
  ],
};
