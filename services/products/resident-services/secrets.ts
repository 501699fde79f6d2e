import { days, reissued, rotated, scrapeToken, secret } from "../../define.ts";

/** Ten days before 90 (the limit of NOD-2.7; MUN-2.16 names none), so that a rotation that fails is seen and repaired in time. */
const ROTATION = days(80);

/** All that resident-services keeps secret (MUN-2.1). There is no administrator's API key: people sign in (MUN-1.1, MUN-SEC.1). */
export const secrets = {
  dbApp: secret("db-app", "the API's login at the database", rotated(ROTATION)),
  dbWorker: secret("db-tasks", "the workers' login at the database", rotated(ROTATION)),
  dbMigrate: secret("db-migrate", "changes the schema at a release (MUN-4.5)", rotated(ROTATION)),
  dbPurge: secret("db-purge", "deletes what is past its retention (MUN-2.13)", rotated(ROTATION)),
  dbAudit: secret("db-audit", "reads the audit log for its digest (MUN-2.11)", rotated(ROTATION)),
  dbBackup: secret("db-dump", "reads all tables for the off-site dump (MUN-4.15)", rotated(ROTATION)),
  dbMonitor: secret("db-monitor", "the exporter's login (MUN-3.4)", rotated(ROTATION)),
  redisApp: secret("redis-app", "sessions, counters and sending of tasks (MUN-1.5)", rotated(ROTATION)),
  redisWorker: secret("redis-tasks", "task queues, results and the schedule", rotated(ROTATION)),
  redisQueues: secret("redis-queue", "the Celery exporter's login (MUN-3.3)", rotated(ROTATION)),
  redisMonitor: secret("redis-monitor", "the Redis exporter's login", rotated(ROTATION)),
  redisReplication: secret("redis-replication", "replicas and Sentinel", rotated(ROTATION)),
  tokenKey: secret(
    "jwt-signing-key",
    "signs access tokens of staff and residents (MUN-1.1)",
    rotated(ROTATION, days(2)),
  ),
  metricsToken: scrapeToken(),
  // Third parties issue these, so a person renews them; an age alert reminds (MUN-2.16).
  oidcClient: secret(
    "oidc-credential",
    "this application at the identity provider (MUN-1.1)",
    reissued(ROTATION, "restore-oidc-client"),
  ),
  samlKey: secret(
    "saml-sp-key",
    "key and certificate of the SAML service provider (MUN-1.2)",
    reissued(ROTATION, "restore-saml-certificate"), // together with the identity provider
  ),
  smtp: secret("smtp-credentials", "submits mail to SES (MUN-1.9)", reissued(ROTATION, "restore-smtp-credentials")),
  cdnKey: secret(
    "cdn-signing-key",
    "key and key id that sign the addresses of uploads (MUN-4.18)",
    reissued(ROTATION, "restore-cdn-signing-key"), // the public half is a resource of the distribution
  ),
};
