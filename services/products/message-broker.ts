import { days, defineService, flow } from "../define.ts";
import { endpoints } from "../platform.ts";
import { main, messages } from "./message-broker/main.ts";
import { operations } from "./message-broker/operations.ts";
import { portal, site } from "./message-broker/portal.ts";
import { clients, proxy, queue } from "./message-broker/proxy.ts";
import { secrets } from "./message-broker/secrets.ts";
import { worker } from "./message-broker/worker.ts";

/**
 * Message broker: proxies in the DMZ take messages over mutual TLS, main keeps them, a worker delivers, a portal shows (BRK).
 * Main opens no connection (BRK-15.1, BRK-18.1): the state of proxies that BRK-29.3 lets it poll comes from Prometheus.
 * Nothing here reaches the internet (BRK-4.5, BRK-15.2), so there is no egress.
 */
export const messageBroker = defineService({
  name: "message-broker",
  code: "brk",
  owner: "integration",
  data: "confidential",
  block: 3,
  logs: { keep: days(30), audit: days(365) }, // 30 days: TKT-4.15; the year of the audit (BRK-24.6) is ours
  components: [proxy, main, worker, portal],
  stores: [queue, messages],
  entrypoints: [clients, site],
  secrets: Object.values(secrets),
  flows: [
    flow(proxy, queue.listens.redis, "queues messages, remembers nonces (BRK-4.2, BRK-11.3)"),
    flow(main, messages.listens.mysql, "reads and writes messages and users (BRK-15.3)"),
    // `/internal` opens to certificates of proxies and workers, `/admin` to the portal's: nothing else does (BRK-SEC.20).
    flow(proxy, main.listens.api, "registers an accepted message (BRK-4.1, BRK-18.2)", ["/internal/*"]),
    flow(worker, main.listens.api, "takes work and reports delivery (BRK-15.1)", ["/internal/*"]),
    flow(worker, proxy.listens.internal, "takes messages from the queue (BRK-13.12)"),
    flow(portal, main.listens.api, "shows and changes what users may (BRK-15.5)", ["/portal/*", "/admin/*"]),
    // BRK-23.3 lets main send the mail, BRK-15.1 forbids it any call: the worker fetches and sends it, by SES inside the VPC.
    flow(worker, endpoints.mail, "mail of forgotten passwords (BRK-23.2, BRK-23.6)"),
  ],
  ...operations,
});
