import { access, days, defineService, egress, flow } from "../define.ts";
import { endpoints } from "../platform.ts";
import { api, clamav, front, frontend } from "./resident-services/components.ts";
import { auditAnchor, dumpJob, logins, migrate, purge } from "./resident-services/jobs.ts";
import { operations } from "./resident-services/operations.ts";
import { secrets } from "./resident-services/secrets.ts";
import { identityProvider } from "./resident-services/settings.ts";
import { site } from "./resident-services/site.ts";
import { attachments, database, redis } from "./resident-services/stores.ts";
import { beat, databaseExporter, queueExporter, worker } from "./resident-services/workers.ts";

/** Resident services of a municipality: FastAPI, Celery and a front end on the cluster, behind CloudFront (MUN). */
export const residentServices = defineService({
  name: "resident-services",
  code: "mun",
  owner: "resident-platform",
  data: "personal", // MUN-6.3
  block: 2,
  logs: { keep: days(30), audit: days(365) }, // MUN-3.12, MUN-3.13; 30 days: TKT-4.15, the year of the audit is ours
  tracing: [api, worker, beat], // MUN-3.6
  components: [front, api, frontend, worker, beat, clamav, queueExporter, databaseExporter],
  stores: [database, redis, attachments],
  entrypoints: [site],
  secrets: Object.values(secrets),
  flows: [
    flow(front, api.listens.web, "hands on calls of the API"),
    flow(front, frontend.listens.web, "hands on requests for pages"),

    flow(api, database.listens.sql, "reads and writes requests of residents"),
    flow(api, redis.listens.redis, "refresh tokens, rate limit counters, sending of tasks (MUN-1.5, MUN-2.5)"),
    flow(api, redis.listens.sentinel, "finds the primary"),
    flow(api, clamav.listens.clamd, "scans a map layer while its sender waits (MUN-2.7, MUN-6.7)"),

    flow(worker, database.listens.sql, "reads and writes what a task is about"),
    flow(worker, redis.listens.redis, "takes tasks, leaves results"),
    flow(worker, redis.listens.sentinel, "finds the primary"),
    flow(worker, clamav.listens.clamd, "scans uploads out of quarantine (MUN-2.7)"),
    flow(worker, endpoints.mail, "recovery of accounts, notices to residents (MUN-1.9)"),
    flow(beat, redis.listens.redis, "sends scheduled tasks, keeps schedule and lock"),
    flow(beat, redis.listens.sentinel, "finds the primary"),

    flow(queueExporter, redis.listens.redis, "measures the queues (MUN-3.3)"),
    flow(queueExporter, redis.listens.sentinel, "finds the primary"),
    flow(databaseExporter, database.listens.sql, "reads the statistics views (MUN-3.4)"),

    flow(logins, database.listens.sql, "makes logins and sets their passwords (MUN-2.1)"),
    flow(migrate, database.listens.sql, "changes the schema (MUN-4.5)"),
    flow(purge, database.listens.sql, "deletes records past their retention (MUN-2.13)"),
    flow(auditAnchor, database.listens.sql, "reads the audit log (MUN-2.11)"),
    flow(dumpJob, database.listens.sql, "reads all tables (MUN-4.15)"),
  ],
  egress: [
    egress(api, identityProvider, "sign-in of staff: metadata and tokens (MUN-1.1, MUN-1.2); example name"),
    egress(clamav, "database.clamav.net", "virus signatures (MUN-2.7)"),
  ],
  // Who writes never deletes (MUN-2.10); the CDN reads what the entrypoint says it serves.
  access: [
    access(api, attachments, "quarantine", ["write"], "takes uploads (MUN-2.7)"),
    access(api, attachments, "gis", ["write"], "keeps a map layer once it is scanned (MUN-6.7)"),
    access(worker, attachments, "quarantine", ["read"], "scans uploads (MUN-2.7)"),
    access(worker, attachments, "attachments", ["read", "write"], "keeps what was clean, makes previews"),
    access(worker, attachments, "gis", ["read"], "reads map layers into the database (MUN-6.7)"),
    access(worker, attachments, "exports", ["write"], "answers requests of data subjects (MUN-2.14)"),
    access(purge, attachments, "attachments", ["delete"], "retention and erasure (MUN-2.10)"),
    access(purge, attachments, "gis", ["delete"], "map layers that nobody uses any more"),
    access(purge, attachments, "exports", ["delete"], "erasure on request (MUN-2.10)"),
    access(purge, attachments, "quarantine", ["delete"], "what was refused or given up (MUN-2.7)"),
  ],
  ...operations,
});
