import type { Component } from "./component.ts";
import type { Objects } from "./files.ts";
import type { Job } from "./job.ts";
import type { Listener } from "./listener.ts";
import type { HostedStore } from "./store.ts";

/** Whoever opens connections. */
export type Caller = Component | HostedStore | Job;

/** One permitted connection, and why. Nothing is reachable unless a flow says so. */
export interface Flow {
  readonly from: Caller;
  readonly to: Listener;
  readonly why: string;
  /** What the caller's certificate opens on a mutual-TLS listener, `/internal/*` style; all else is refused. Absent: every path. */
  readonly paths?: readonly string[];
}

/** A permitted connection to a name on the internet, over TLS. */
export interface Egress {
  readonly from: Caller;
  /** Exact name, or `*.example.org` for any name below it. */
  readonly domain: string;
  readonly port: number;
  readonly why: string;
}

/** What a role may do with the objects below one prefix of a bucket; nothing else is permitted. */
export interface Access {
  readonly from: Component | Job;
  readonly to: Objects;
  readonly prefix: string;
  /** `write` never deletes; `delete` includes the older versions, so that a purge is final. */
  readonly may: readonly ("read" | "write" | "delete")[];
  readonly why: string;
}

/** `flow(api, database.listens.sql, "reads and writes tickets")`; the last argument narrows a client certificate to paths. */
export const flow = (from: Caller, to: Listener, why: string, paths?: readonly string[]): Flow => ({
  from,
  to,
  why,
  ...(paths === undefined ? {} : { paths }),
});

/** `egress(bot, "api.telegram.org", "sends messages (TKT-2.2)")`; port 443 unless given. */
export const egress = (from: Caller, domain: string, why: string, port = 443): Egress => ({
  from,
  domain,
  port,
  why,
});

/** `access(worker, attachments, "quarantine", ["read", "delete"], "scans what was uploaded")` */
export const access = <Prefix extends string>(
  from: Access["from"],
  to: Objects<Prefix>,
  prefix: NoInfer<Prefix>,
  may: Access["may"],
  why: string,
): Access => ({ from, to, prefix, may, why });
