import { days, defineService, egress, flow } from "../define.ts";
import { api, site, worker } from "./ticketing/components.ts";
import { operations } from "./ticketing/operations.ts";
import { database, redis, secrets, uploads } from "./ticketing/stores.ts";

/** Ticketing: FastAPI behind NGINX on hosts, an SLA scheduler and a Telegram bot (TKT). */
export const ticketing = defineService({
  name: "ticketing",
  code: "tkt",
  owner: "support-platform",
  data: "personal",
  block: 0,
  logs: { keep: days(30), audit: days(365) }, // 30 days: TKT-4.15; the year of the audit is ours
  components: [api, worker],
  stores: [database, redis, uploads],
  entrypoints: [site],
  secrets: Object.values(secrets),
  flows: [
    flow(api, database.listens.sql, "reads and writes tickets"),
    flow(api, redis.listens.redis, "sessions, rate limit counters, queue (TKT-1.3, TKT-3.4, TKT-6.4)"),
    flow(api, redis.listens.cache, "cache of heavy reports (TKT-6.4)"),
    flow(api, redis.listens.sentinel, "finds the primary"),
    flow(api, uploads.listens.nfs, "stores and reads attachments (TKT-7.5)"),
    flow(worker, database.listens.sql, "finds tickets whose time is running out (TKT-4.3)"),
    flow(worker, redis.listens.redis, "takes the lease and the notifications (TKT-6.4)"),
    flow(worker, redis.listens.sentinel, "finds the primary"),
  ],
  egress: [
    egress(worker, "api.telegram.org", "bot and second factor (TKT-2.2)"),
    egress(worker, "api.sms.example.com", "codes by SMS (TKT-2.2); example name of the provider"),
  ],
  ...operations,
});
