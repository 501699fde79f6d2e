import { days, reissued, rotated, scrapeToken, secret } from "../../define.ts";

/**
 * All that resident-services keeps secret (MUN-2.1). There is no administrator's API key: people sign in (MUN-1.1, MUN-SEC.1).
 * No interval is given for MUN-2.16; 90 days is the figure of NOD-2.7.
 */
export const secrets = {
  dbApp: secret("db-app", "the API's login at the database", rotated(days(90))),
  dbWorker: secret("db-worker", "the workers' login at the database", rotated(days(90))),
  dbMigrate: secret("db-migrate", "changes the schema at a release (MUN-4.5)", rotated(days(90))),
  dbPurge: secret("db-purge", "deletes what is past its retention (MUN-2.13)", rotated(days(90))),
  dbAudit: secret("db-audit", "reads the audit log for its digest (MUN-2.11)", rotated(days(90))),
  dbBackup: secret("db-backup", "reads all tables for the off-site dump (MUN-4.15)", rotated(days(90))),
  dbMonitor: secret("db-monitor", "the exporter's login (MUN-3.4)", rotated(days(90))),
  redisApp: secret("redis-app", "sessions, counters and sending of tasks (MUN-1.5)", rotated(days(90))),
  redisWorker: secret("redis-worker", "task queues, results and the schedule", rotated(days(90))),
  redisQueues: secret("redis-queues", "the Celery exporter's login (MUN-3.3)", rotated(days(90))),
  redisMonitor: secret("redis-monitor", "the Redis exporter's login", rotated(days(90))),
  redisReplication: secret("redis-replication", "replicas and Sentinel", rotated(days(90))),
  tokenKey: secret(
    "jwt-signing-key",
    "signs access tokens of staff and residents (MUN-1.1)",
    rotated(days(90), days(2)),
  ),
  metricsToken: scrapeToken(),
  // Third parties issue these, so a person renews them; an age alert reminds (MUN-2.16).
  oidcClient: secret(
    "oidc-client-secret",
    "this application at the identity provider (MUN-1.1)",
    reissued(days(90), "renew-oidc-client"),
  ),
  samlKey: secret(
    "saml-sp-key",
    "key and certificate of the SAML service provider (MUN-1.2)",
    reissued(days(90), "renew-saml-certificate"), // with the identity provider; MUN names no figure, 90 days: NOD-2.7
  ),
  smtp: secret("smtp-credentials", "submits mail to SES (MUN-1.9)", reissued(days(90), "renew-smtp-credentials")),
  cdnKey: secret(
    "cdn-signing-key",
    "key and key id that sign the addresses of uploads (MUN-4.18)",
    reissued(days(90), "renew-cdn-signing-key"), // the public half is a resource of the distribution
  ),
};
