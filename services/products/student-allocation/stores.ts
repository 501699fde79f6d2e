import {
  days,
  defaultFailover,
  gib,
  managedPostgres,
  redisSentinel,
  rotated,
  scrapeToken,
  seconds,
  secret,
  versioned,
} from "../../define.ts";

/** Secrets of student allocation, and the stores they open. */

/** Ten days before 90 (the limit of NOD-2.7), so that a rotation that fails is seen and repaired in time. */
const ROTATION = days(80);

// HS256 lets everyone who can check a token make one: no other system and no other environment has this key (ALC-SEC.1).
export const secrets = {
  jwtKey: secret("jwt-signing-key", "signs and checks tokens with HS256 (ALC-1.3)", rotated(ROTATION, days(2))),
  // Hashes on record need the version they were made with.
  apiKeyHmac: secret("api-key-hmac", "hashes API keys (ALC-1.7)", versioned(days(365))),
  // The same in all replicas and releases, or a repeated request would be taken for another (ALC-4.2).
  idempotencySalt: secret("idempotency-salt", "hashes request bodies (ALC-4.2)", versioned(days(365))),
  dbApp: secret("db-app", "the application's login at the database", rotated(ROTATION)),
  dbMigrate: secret("db-migrate", "changes the schema at a release", rotated(ROTATION)),
  dbKeys: secret("db-keys", "the login of tools/api_keys.py (ALC-1.9)", rotated(ROTATION)),
  dbBackup: secret("db-dump", "reads all tables for the dump", rotated(ROTATION)),
  redisApp: secret("redis-app", "idempotency, rate limits, deny list (ALC-2.1)", rotated(ROTATION)),
  redisReplication: secret("redis-replication", "replicas and Sentinel", rotated(ROTATION)),
  redisMonitor: secret("redis-monitor", "the exporter's login", rotated(ROTATION)),
  metricsToken: scrapeToken(),
};

export const database = managedPostgres("database", {
  why: "API keys (ALC-1.7) and allocations",
  database: "allocation",
  size: "medium",
  storage: gib(100),
  pointInTime: days(30), // TKT-7.3
  accounts: {
    app: { may: "read and write rows; SELECT only on api_keys", password: secrets.dbApp },
    migrate: { may: "change the schema", password: secrets.dbMigrate, role: "owner" },
    keys: { may: "SELECT, INSERT and UPDATE on api_keys, nothing else (ALC-1.9)", password: secrets.dbKeys },
    backup: { may: "read all tables", password: secrets.dbBackup, role: "pg_read_all_data" },
  },
});

// Losing a key here accepts a revoked token or allocates twice: nothing is evicted, and a primary without a replica
// refuses writes (ALC-1.6, ALC-SEC.3). One instance and no cache: all it holds is sensitive (ALC-2.1).
export const redis = redisSentinel("redis", {
  why: "the state that decides whether a request may count (ALC-2.1)",
  address: 4,
  size: "small",
  dataVolume: gib(20),
  durable: ["idempotency keys", "rate limit windows", "deny list of tokens"], // ALC-2.1
  memory: { durable: gib(2) }, // 24 h (ALC-2.3) x 5 a second (ALC-3.1) x 2 KiB = 0.8 GiB, doubled for the rewrite of the log
  // A failover should lose one second of keys at most (ours). Replicas report once a second: 2 s is the least that does not refuse healthy writes.
  failover: { ...defaultFailover, maxReplicaLag: seconds(2) },
  accounts: {
    app: {
      may: "read, write and script keys of its own namespace; no FLUSHALL, FLUSHDB, CONFIG (ALC-SEC.3)",
      password: secrets.redisApp,
    },
    replication: { may: "replicate, sentinel", password: secrets.redisReplication },
    monitor: { may: "info, latency, slowlog", password: secrets.redisMonitor },
  },
});
