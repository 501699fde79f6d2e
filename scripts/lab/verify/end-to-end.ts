import { setTimeout } from "node:timers/promises";
import { hostOf, type Lab, onHost } from "../hosts.ts";
import { releasesOf } from "../releases.ts";
import { type Check, demandNone } from "./check.ts";
import { callTo, jsonOf, said, unless, withClient } from "./edge-client.ts";
import { inDatabase } from "./mariadb.ts";

/** Seconds that a message may take from the door to its delivery. */
const DELIVERY = 20;

/** Makes the tables of the first release, by the unit that does so for each: a first one has nobody who would (PRODUCTION_SETUP). */
export async function migrated(lab: Lab): Promise<void> {
  const { service } = lab.plan.resolved;
  const owner = service.jobs.find(({ name }) => name === "migrate")?.on;
  const { version } = releasesOf(lab.state).first;
  const unit = `${service.name}-migrate@${version}.service`;
  await onHost(lab, hostOf(lab, owner?.name ?? ""), ["systemctl", "start", unit]);
}

/** A ticket, from a client beyond the load balancer to PostgreSQL and back, and what Redis has to do with it. */
export const ticketingEndToEnd: Check = {
  name: "end-to-end",
  proves:
    "a session, a ticket and a report go from a client by load balancer, NGINX and application to Redis and PostgreSQL and back, all over TLS",
  services: ["ticketing"],
  run: async (lab) => {
    await migrated(lab);
    return withClient(lab, async (client) => {
      const { entry: _, ...door } = callTo(lab, "web", "internet");
      const post = { ...door, method: "POST" } as const;
      const get = { ...door, method: "GET" } as const;
      const title = `printed ${Date.now()}`;
      const [login, created, stores] = await client.call([
        { ...post, path: "/api/auth/login", json: {} },
        { ...post, path: "/api/tickets", json: { title } },
        { ...get, path: "/api/stores" },
      ]);
      const number = String(jsonOf(created)?.["id"]);
      const [read] = await client.call([{ ...get, path: `/api/tickets/${number}` }]);
      const [counted] = await client.call([{ ...get, path: "/api/reports/count" }]);
      const [cached] = await client.call([{ ...get, path: "/api/reports/count" }]);
      demandNone([
        ...unless("a login", login, 200),
        ...unless("a new ticket", created, 201),
        ...unless("that ticket", read, 200),
        ...unless("a report", counted, 200),
        ...unless("the connections of the application", stores, 200),
        ...(jsonOf(read)?.["title"] === title
          ? []
          : [`ticket ${number}: must have the title "${title}", got ${said(read)}`]),
        ...(jsonOf(cached)?.["cached"] === true ? [] : ["a report asked for again: must come from the cache, did not"]),
        ...(jsonOf(stores)?.["database"] === true ? [] : ["PostgreSQL: must be reached over TLS, was not"]),
      ]);
      return `ticket ${number}, read back; the report from the cache`;
    });
  },
};

/** Whether main knows a message as delivered. */
async function delivered(lab: Lab, message: string): Promise<boolean> {
  const statement = `SELECT COUNT(*) FROM messages WHERE message_id = '${message}' AND delivered_at IS NOT NULL`;
  const ask = 'mariadb --protocol=socket --skip-column-names --batch "$1"';
  return (await inDatabase(lab, ask, statement)).trim() === "1";
}

/** A message, from a client with a certificate to its delivery. */
export const brokerEndToEnd: Check = {
  name: "end-to-end",
  proves:
    "a message of a client with a certificate goes by 8001, proxy and its Redis to main and MariaDB, and the worker delivers it (BRK-8.1)",
  services: ["message-broker"],
  run: async (lab) => {
    await migrated(lab);
    return withClient(lab, async (client) => {
      const { entry: _, ...door } = callTo(lab, "clients", "clients");
      await client.issue("sender", { authority: "broker", purpose: "client", subject: "client-a", seconds: 3600 });
      const message = { body: "a message", nonce: crypto.randomUUID(), timestamp: Date.now() / 1000 };
      const [taken] = await client.call([
        { ...door, method: "POST", path: "/api/v1/messages", identity: "sender", json: message },
      ]);
      const identity = String(jsonOf(taken)?.["message_id"]);
      demandNone(unless("a message", taken, 202));
      const end = performance.now() + DELIVERY * 1000;
      while (!(await delivered(lab, identity))) {
        if (performance.now() > end)
          demandNone([`message ${identity}: must be delivered within ${DELIVERY} s, was not`]);
        await setTimeout(500);
      }
      return `message ${identity} delivered`;
    });
  },
};
