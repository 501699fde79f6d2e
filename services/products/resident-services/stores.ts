import { days, gib, managedPostgres, mib, minutes, objects, redisSentinel } from "../../define.ts";
import { secrets } from "./secrets.ts";

/** What resident-services keeps, and for how long. */

/**
 * Retention by kind of data (MUN-2.10, MUN-2.13): bucket rules and the purge job read the same figures.
 * The requirements give none; these are ours, for an adopter to set to the law of the place.
 */
export const retention = {
  requests: days(1_825),
  attachments: days(1_825),
  exports: days(7),
  quarantine: days(7),
};

/** Largest files taken (MUN-6.7 gives no figure); edge, scanner and bucket keep to them. */
export const largest = { attachment: mib(25), mapLayer: mib(100) };

export const database = managedPostgres("database", {
  why: "residents, requests, staff, audit log (MUN-4.6)",
  size: "medium",
  storage: gib(200),
  database: "residents",
  pointInTime: days(35), // as far as RDS goes; MUN names no figure
  accounts: {
    app: { may: "read and write rows; INSERT and SELECT only on audit_log (MUN-2.11)", password: secrets.dbApp },
    worker: { may: "read and write rows; INSERT only on audit_log (MUN-2.11)", password: secrets.dbWorker },
    migrate: { may: "change the schema", password: secrets.dbMigrate, role: "owner" },
    purge: { may: "SELECT and DELETE on tables with a retention; none on audit_log", password: secrets.dbPurge },
    audit: { may: "SELECT on audit_log", password: secrets.dbAudit },
    backup: { may: "read all tables", password: secrets.dbBackup, role: "pg_read_all_data" },
    monitor: { may: "read the statistics", password: secrets.dbMonitor, role: "pg_monitor" },
  },
});

export const redis = redisSentinel("redis", {
  why: "state shared by the pods (MUN-4.7)",
  address: 4,
  size: "small",
  dataVolume: gib(20),
  // No cache: the CDN keeps what may be kept, and all of this must survive.
  durable: ["refresh tokens and sessions", "rate limit counters", "Celery queues and results", "Celery schedule"],
  memory: { durable: gib(1) },
  accounts: {
    app: { may: "keys of sessions and counters, append to queues; no administration", password: secrets.redisApp },
    worker: { may: "keys of queues, results and schedule; no administration", password: secrets.redisWorker },
    queues: { may: "lengths of queues, worker events and inspection", password: secrets.redisQueues },
    replication: { may: "replicate, sentinel", password: secrets.redisReplication },
    monitor: { may: "info, latency, slowlog", password: secrets.redisMonitor },
  },
});

/** How long an address of an upload is good for (MUN-4.18 gives no figure). */
export const signedFor = minutes(10);

export const attachments = objects("attachments", {
  why: "uploads of residents and staff, encrypted (MUN-2.9)",
  noncurrent: days(7),
  prefixes: {
    quarantine: {
      why: "uploaded, not yet scanned (MUN-2.7)",
      expires: retention.quarantine,
      maxObject: largest.attachment,
    },
    attachments: {
      why: "scanned; served by the CDN to holders of a signed address (MUN-4.18)",
      expires: retention.attachments, // MUN-2.10
      maxObject: largest.attachment,
    },
    gis: { why: "map layers of the municipality, nothing personal (MUN-6.7)", maxObject: largest.mapLayer },
    exports: { why: "answers to requests of data subjects (MUN-2.14)", expires: retention.exports },
  },
  signedFor,
});
