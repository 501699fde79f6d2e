import { days, defineService, flow } from "../define.ts";
import { api, front, site } from "./student-allocation/components.ts";
import { apiKeys, dumpJob, logins, migrate, operations } from "./student-allocation/operations.ts";
import { database, redis, secrets } from "./student-allocation/stores.ts";

/** Student allocation: an idempotent ASGI API that must never allocate twice (ALC). It calls nothing on the internet. */
export const studentAllocation = defineService({
  name: "student-allocation",
  code: "alc",
  owner: "education",
  data: "personal", // ALC-6.2
  block: 4,
  logs: { keep: days(30), audit: days(365) }, // 30 days: TKT-4.15; the year of the audit is ours
  tracing: [api], // ALC-6.10
  components: [front, api],
  stores: [database, redis],
  entrypoints: [site],
  secrets: Object.values(secrets),
  flows: [
    flow(front, api.listens.web, "hands requests to the live colour"),
    flow(api, database.listens.sql, "API keys and allocations (ALC-1.7)"),
    flow(api, redis.listens.redis, "idempotency, rate limits, deny list (ALC-2.1)"),
    flow(api, redis.listens.sentinel, "finds the primary (ALC-2.1)"),
    flow(logins, database.listens.sql, "makes logins and sets their passwords"),
    flow(migrate, database.listens.sql, "changes the schema"),
    flow(apiKeys, database.listens.sql, "lists, issues and revokes keys (ALC-1.9)"),
    flow(dumpJob, database.listens.sql, "dumps the database"),
  ],
  ...operations,
});
