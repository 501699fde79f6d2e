import { days, defineService, flow } from "../define.ts";
import { backend, front, site } from "./desktop-backend/components.ts";
import { dumpJob, migrate, operations } from "./desktop-backend/operations.ts";
import { database, secrets } from "./desktop-backend/stores.ts";

/** Desktop backend: the Node API of an Electron client, on MongoDB (NOD). It calls nothing on the internet, and nothing listens on 22 (NOD-5.1). */
export const desktopBackend = defineService({
  name: "desktop-backend",
  code: "nod",
  owner: "desktop",
  data: "personal",
  block: 1,
  logs: { keep: days(30), audit: days(365) }, // 30 days: TKT-4.15; the year of the audit (NOD-5.5) is ours
  components: [front, backend],
  stores: [database],
  entrypoints: [site],
  secrets: Object.values(secrets),
  flows: [
    flow(front, backend.listens.web, "hands requests to the live colour (NOD-1.1)"),
    flow(backend, database.listens.mongo, "reads and writes all data (NOD-5.3)"),
    flow(dumpJob, database.listens.mongo, "dumps the database from a secondary (NOD-3.1)"),
    flow(migrate, database.listens.mongo, "changes schema and indexes (NOD-3.5)"),
  ],
  ...operations,
});
