import {
  days,
  environmentName,
  files,
  gib,
  hosts,
  httpProbe,
  https,
  kib,
  loopback,
  membersOf,
  metrics,
  mib,
  patroni,
  perSecond,
  redisSentinel,
  reissued,
  rotated,
  scrapeToken,
  secret,
  text,
  versioned,
  web,
} from "../../define.ts";

/** What ticketing is made of: hosts, stores, the public entrypoint, and the secrets they share. */

export const secrets = {
  dbApp: secret("db-app", "the application's login at the database", rotated(days(90))), // 90 days: NOD-2.7
  dbMigrate: secret("db-migrate", "changes the schema at a deployment", rotated(days(90))),
  dbMonitor: secret("db-monitor", "the exporter's login (TKT-4.4)", rotated(days(90))),
  dbReplication: secret("db-replication", "replicas follow the primary", rotated(days(90))),
  dbBackup: secret("db-backup", "reads all tables for the dump (TKT-7.1)", rotated(days(90))),
  redisApp: secret("redis-app", "sessions, counters, queue and report cache (TKT-6.4)", rotated(days(90))),
  redisReplication: secret("redis-replication", "replicas and Sentinel", rotated(days(90))),
  redisMonitor: secret("redis-monitor", "the exporter's login (TKT-4.5)", rotated(days(90))),
  tokenKey: secret("token-signing-key", "signs session and refresh tokens (TKT-3.4)", rotated(days(90), days(2))),
  mfaKey: secret("mfa-encryption-key", "encrypts the seeds of second factors (TKT-2.1)", versioned(days(365))),
  pepper: secret("api-key-pepper", "hashes the keys of API clients (TKT-1.7)", versioned(days(365))),
  botToken: secret("bot-token", "the bot at Telegram (TKT-2.2)", reissued(days(90), "restore-bot-token")), // TKT-7.9
  smsKey: secret("sms-api-key", "sends codes by SMS (TKT-2.2)", reissued(days(90), "restore-sms-key")),
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
    },
    migrate: { may: "change the schema", password: secrets.dbMigrate },
    monitor: { may: "pg_monitor", password: secrets.dbMonitor },
    replication: { may: "replicate", password: secrets.dbReplication },
    backup: { may: "pg_read_all_data", password: secrets.dbBackup },
  },
});

export const redis = redisSentinel("redis", {
  why: "state shared by the application's hosts (TKT-6.1)",
  address: 8,
  size: "small",
  dataVolume: gib(20),
  // One instance for both would let cache pressure evict sessions (TKT-SEC.3).
  durable: ["sessions", "rate limit counters", "notification queue"], // TKT-6.4
  cache: ["heavy reports"], // TKT-6.4
  memory: { durable: gib(1), cache: mib(512) },
  accounts: {
    app: { may: "commands on keys of the application; no administration", password: secrets.redisApp },
    replication: { may: "replicate, sentinel", password: secrets.redisReplication },
    monitor: { may: "info, latency, slowlog", password: secrets.redisMonitor },
  },
});

export const uploads = files("uploads", {
  why: "attachments, the same on every host of the application (TKT-7.5)",
  path: "/opt/ticketing/storage/uploads",
  uid: 2001,
});

const shared = {
  ENVIRONMENT: environmentName, // TKT-4.14
  DATABASE_URL: text`postgresql://app:${secrets.dbApp}@${membersOf(database.listens.sql)}/ticketing?target_session_attrs=read-write&sslmode=verify-full`,
  REDIS_SENTINELS: membersOf(redis.listens.sentinel),
  REDIS_PASSWORD: secrets.redisApp,
};

export const api = hosts("api", {
  why: "serves people and API clients",
  tier: "app",
  zones: 2,
  address: 4,
  size: "medium",
  listens: {
    web: https(443),
    upstream: loopback(8000),
    app: metrics(9101), // TKT-4.2
    nginx: metrics(9113), // TKT-4.6
  },
  health: httpProbe("/health", "web"),
  units: [
    {
      name: "ticketing-api",
      user: "ticketing",
      directory: "/opt/ticketing",
      exec: "/opt/ticketing/venv/bin/uvicorn app.main:app --host 127.0.0.1 --port 8000",
      runtime: "python3.13",
      logs: "/var/log/ticketing",
      environment: {
        path: "/opt/ticketing/.env", // TKT-7.6
        values: {
          ...shared,
          REDIS_CACHE_MEMBERS: membersOf(redis.listens.cache),
          UPLOADS_DIR: uploads.path,
          TOKEN_SIGNING_KEY: secrets.tokenKey,
          MFA_ENCRYPTION_KEY: secrets.mfaKey,
          API_KEY_PEPPER: secrets.pepper,
          METRICS_TOKEN: secrets.metricsToken,
          MFA_REQUIRED_ROLES: "central_admin,admin", // TKT-2.6
          MAX_SESSIONS_SENSITIVE_ROLES: 2, // TKT-3.6 gives no figure; ours
        },
      },
    },
  ],
  certificates: [
    {
      authority: "internal",
      directory: "/etc/ticketing/tls",
      names: { certificate: "tls.crt", key: "tls.key", authority: "ca.crt" },
    },
  ],
});

export const worker = hosts("worker", {
  why: "SLA scheduler and bot; the host that holds the lease in Redis works, the other waits",
  tier: "app",
  zones: 2,
  address: 8,
  size: "small",
  listens: { app: metrics(9101) }, // TKT-4.3
  health: httpProbe("/health", "app"),
  units: [
    {
      name: "ticketing-scheduler",
      user: "ticketing-scheduler",
      directory: "/opt/ticketing",
      exec: "/opt/ticketing/venv/bin/python -m app.scheduler",
      runtime: "python3.13",
      environment: {
        path: "/opt/ticketing/scheduler.env",
        values: { ...shared, METRICS_TOKEN: secrets.metricsToken },
      },
    },
    {
      name: "ticketing-bot",
      user: "ticketing-bot",
      directory: "/opt/ticketing",
      exec: "/opt/ticketing/venv/bin/python -m app.bot",
      runtime: "python3.13",
      environment: {
        path: "/opt/ticketing/bot.env",
        values: { ...shared, TELEGRAM_BOT_TOKEN: secrets.botToken, SMS_API_KEY: secrets.smsKey },
      },
    },
  ],
  certificates: api.certificates,
});

export const site = web("web", {
  why: "the ticketing site and its API",
  host: "tickets",
  to: api.listens.web,
  health: "/health",
  body: kib(8),
  routes: [
    // Only the rate of auth is given (TKT-1.2); the others are ours, to be set from the traffic observed (TKT-1.1).
    { class: "auth", paths: ["/api/auth/*"], rate: perSecond(5), burst: 10, connections: 10 },
    {
      class: "tickets",
      paths: ["/api/tickets", "/api/tickets/*"],
      rate: perSecond(20),
      burst: 40,
      connections: 20,
      body: mib(1),
    },
    { class: "files", paths: ["/api/files/*"], rate: perSecond(5), burst: 10, connections: 5, body: mib(25) },
    { class: "other", paths: ["/*"], rate: perSecond(30), burst: 60, connections: 30 },
  ],
});
