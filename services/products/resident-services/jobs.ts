import {
  bucketOf,
  daily,
  eachRelease,
  hours,
  inDays,
  job,
  mib,
  minutes,
  postgresDump,
  postgresLogins,
  weekly,
} from "../../define.ts";
import { api } from "./components.ts";
import { databaseAddress, shared } from "./settings.ts";
import { attachments, database, retention } from "./stores.ts";
import { worker } from "./workers.ts";

/** What resident-services runs beside its pods; each job has a database login of its own. */

export const logins = postgresLogins(database, { on: worker });

export const migrate = job("migrate", {
  why: "changes the schema before the new version is switched to (MUN-4.5)",
  on: api,
  command: ["alembic", "upgrade", "head"], // MUN-4.5
  schedule: eachRelease,
  after: logins,
  limit: minutes(15),
  account: database.accounts.migrate,
  environment: { DATABASE_URL: databaseAddress("migrate") },
});

/** Point-in-time recovery covers a purge gone wrong, so it waits for no backup; it is done before the next one starts. */
export const purge = job("purge", {
  why: "deletes records and files past their retention, and files whose record is gone (MUN-2.10, MUN-2.13)",
  on: worker,
  command: ["python", "-m", "app.purge"],
  schedule: daily("01:30"),
  limit: hours(1),
  account: database.accounts.purge,
  environment: {
    ENVIRONMENT: shared.ENVIRONMENT,
    LOG_FORMAT: shared.LOG_FORMAT,
    DATABASE_URL: databaseAddress("purge"),
    ATTACHMENTS_BUCKET: bucketOf(attachments),
    RETENTION_DAYS_REQUESTS: inDays(retention.requests),
    RETENTION_DAYS_ATTACHMENTS: inDays(retention.attachments),
    RETENTION_DAYS_EXPORTS: inDays(retention.exports),
  },
});

/** When the audit log is sealed. */
export const seal = { schedule: daily("00:15"), limit: minutes(30) };

export const auditAnchor = job("audit-anchor", {
  why: "checks the hash chain of the audit log and writes its head to the locked bucket of audit exports (MUN-2.11)",
  on: worker,
  command: ["python", "-m", "app.audit_anchor"],
  ...seal,
  account: database.accounts.audit,
  scratch: { "/backup": mib(64), "/tmp": mib(64) },
  environment: {
    ENVIRONMENT: shared.ENVIRONMENT,
    LOG_FORMAT: shared.LOG_FORMAT,
    BACKUP_DIR: "/backup", // the head, for the upload to the locked bucket
    DATABASE_URL: databaseAddress("audit"),
  },
});

/** When the off-site dump is made; after the night's snapshot and purge. */
export const offsite = { schedule: weekly("sunday", "05:00"), limit: hours(3) };

export const dumpJob = postgresDump(
  database,
  { user: "backup", account: database.accounts.backup },
  {
    why: "dumps the database for the copy in the second region (MUN-4.15)",
    on: worker,
    file: "residents.dump",
    ...offsite,
  },
);
