import { days, defineService, flow } from "../define.ts";
import { dumpJob, migrate, operations } from "./desktop-backend/operations.ts";
import { backend, database, front, secrets, site } from "./desktop-backend/parts.ts";

/** Desktop backend: the Node API of an Electron client, on MongoDB (NOD). It calls nothing on the internet. */
export const desktopBackend = defineService({
  name: "desktop-backend",
  code: "nod",
  owner: "desktop",
  data: "personal",
  block: 1,
  logs: { keep: days(30), audit: days(365) }, // NOD-5.5 gives no figure; those of TKT-4.15
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
