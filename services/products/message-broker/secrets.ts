import { days, reissued, rotated, secret, versioned } from "../../define.ts";

/** Ten days before 90 (the limit of NOD-2.7; BRK names none), so that a rotation that fails is seen and repaired in time. */
const ROTATION = days(80);

/**
 * Secrets of the message broker. Every value is made in the secret store: the placeholders of the requirements
 * (`StrongPass123!`, an empty Redis password and others) are refused (BRK-SEC.2, BRK-SEC.5).
 */
export const secrets = {
  dbApp: secret("db-app", "main's login at the database (BRK-13.2)", rotated(ROTATION)),
  dbMigrate: secret("db-migrate", "changes the schema at a deployment (BRK-22.3)", rotated(ROTATION)),
  dbBackup: secret("db-dump", "reads the database for the dump (BRK-25.2)", rotated(ROTATION)),
  dbCleanup: secret("db-cleanup", "deletes old messages (BRK-27.2)", rotated(ROTATION)),
  dbMetrics: secret("db-metrics", "reads statistics of messages (BRK-28.4)", rotated(ROTATION)),
  dbExporter: secret("db-exporter", "the exporter's login at the database", rotated(ROTATION)),
  redisApp: secret("redis-app", "the proxy's login at its queue (BRK-2.6)", rotated(ROTATION)),
  redisMonitor: secret("redis-monitor", "the exporter's login at the queue (BRK-29.2)", rotated(ROTATION)),
  // Tokens live 30 minutes (BRK-13.7): users log in again once a quarter.
  jwt: secret("jwt-signing-key", "signs and verifies tokens of users (BRK-13.6)", rotated(ROTATION)),
  session: secret("portal-session-key", "signs session cookies of the portal (BRK-17.7)", rotated(ROTATION)),
  // Stored messages are encrypted with it: made once, never replaced blindly (BRK-13.4).
  encryptionKey: secret("encryption-key", "encrypts stored messages with AES (BRK-13.4)", versioned(days(365))),
  smtpUser: secret("smtp-user", "user name at SES (BRK-23.2)", reissued(ROTATION, "restore-smtp-credentials")),
  smtpPassword: secret("smtp-password", "password at SES (BRK-23.2)", reissued(ROTATION, "restore-smtp-credentials")),
};
