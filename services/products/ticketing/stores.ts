import {
  days,
  defaultFailover,
  files,
  gib,
  membersOf,
  mib,
  patroni,
  redisSentinel,
  reissued,
  rotated,
  scrapeToken,
  secret,
  text,
  versioned,
} from "../../define.ts";

/** Secrets of ticketing, and the stores they open. */

/** Ten days before 90 (the limit of NOD-2.7; TKT names none), so that a rotation that fails is seen and repaired in time. */
const ROTATION = days(80);

export const secrets = {
  dbApp: secret("db-app", "the application's login at the database", rotated(ROTATION)),
  dbMigrate: secret("db-migrate", "changes the schema at a release", rotated(ROTATION)),
  dbAudit: secret("db-audit", "reads the audit trail for its anchor (TKT-3.2)", rotated(ROTATION)),
  dbMonitor: secret("db-monitor", "the exporter's login (TKT-4.4)", rotated(ROTATION)),
  dbReplication: secret("db-replication", "replicas follow the primary", rotated(ROTATION)),
  dbBackup: secret("db-dump", "reads all tables for the dump (TKT-7.1)", rotated(ROTATION)),
  redisApp: secret("redis-app", "sessions, counters, queue and report cache (TKT-6.4)", rotated(ROTATION)),
  redisReplication: secret("redis-replication", "replicas and Sentinel", rotated(ROTATION)),
  redisMonitor: secret("redis-monitor", "the exporter's login (TKT-4.5)", rotated(ROTATION)),
  tokenKey: secret("token-signing-key", "signs session and refresh tokens (TKT-3.4)", rotated(ROTATION, days(2))),
  // What old versions encrypted or hashed must stay readable.
  mfaKey: secret("mfa-encryption-key", "encrypts the seeds of second factors (TKT-2.1)", versioned(days(365))),
  pepper: secret("api-key-hash", "hashes the keys of API clients (TKT-1.7)", versioned(days(365))),
  // Third parties issue these, so a person renews them.
  botToken: secret("bot-token", "the bot at Telegram (TKT-2.2)", reissued(ROTATION, "restore-bot-token")), // TKT-7.9
  smsKey: secret("sms-api-key", "sends codes by SMS (TKT-2.2)", reissued(ROTATION, "restore-sms-key")),
  metricsToken: scrapeToken(),
};

export const database = patroni("database", {
  why: "tickets, users, audit trail",
  address: 4,
  size: "medium",
  dataVolume: gib(200),
  database: "ticketing",
  pointInTime: days(30), // TKT-7.3
  accounts: {
    app: {
      may: "read and write rows; INSERT and SELECT only on audit_logs (TKT-3.1)",
      password: secrets.dbApp,
      appendOnly: ["audit_logs"],
    },
    migrate: { may: "change the schema", password: secrets.dbMigrate, role: "owner" },
    audit: { may: "SELECT on audit_logs (TKT-3.2)", password: secrets.dbAudit },
    monitor: { may: "pg_monitor (TKT-4.4)", password: secrets.dbMonitor, role: "pg_monitor" },
    replication: { may: "replicate", password: secrets.dbReplication, replicates: true },
    backup: { may: "pg_read_all_data", password: secrets.dbBackup, role: "pg_read_all_data" },
  },
});

/** Where each host keeps its certificate, and that of the authority it trusts. */
export const tlsDirectory = "/etc/ticketing/tls";
export const authorityFile = `${tlsDirectory}/ca.crt`;

/** Always the primary, whichever host that is, its certificate verified; each login brings its own password. */
export const postgres = (login: keyof typeof database.accounts) =>
  text`postgresql://${login}:${database.accounts[login].password}@${membersOf(database.listens.sql)}/${database.database}?target_session_attrs=read-write&sslmode=verify-full&sslrootcert=${authorityFile}`;

export const redis = redisSentinel("redis", {
  why: "state shared by the application's hosts (TKT-6.1)",
  address: 8,
  size: "small",
  dataVolume: gib(20),
  // One instance for both would let cache pressure evict sessions (TKT-SEC.3).
  durable: ["sessions", "rate limit counters", "notification queue"], // TKT-6.4
  cache: ["heavy reports"], // TKT-6.4
  memory: { durable: gib(1), cache: mib(512) },
  failover: defaultFailover, // TKT-6.5
  accounts: {
    app: { may: "commands on keys of the application; no administration", password: secrets.redisApp },
    replication: { may: "replicate, sentinel", password: secrets.redisReplication },
    monitor: { may: "info, latency, slowlog", password: secrets.redisMonitor },
  },
});

export const uploads = files("uploads", {
  why: "attachments, the same on every host of the application (TKT-7.5)",
  path: "/opt/ticketing/storage/uploads", // TKT-7.5
  uid: 2001,
});
