import { type Estate, kind } from "../estate.ts";
import { answerOf } from "./answers.ts";
import type { Context } from "./context.ts";
import { isReached, type NginxServer, nginxServers, speaksTls } from "./servers.ts";

/** A server that people and programs from outside come to. */
export interface WebServer {
  readonly at: NginxServer["at"];
  readonly server: NginxServer;
  /** Whether browsers come, or programs with certificates alone. */
  readonly forBrowsers: boolean;
}

/**
 * Servers of entrypoints: those that bear the name of a declared one, and others of the same sockets. Without a
 * declaration, those that bear a name and ask for no certificate.
 */
export const webServers = kind<WebServer>("NGINX server of an entrypoint", (estate) => {
  const servers = estate
    .of(nginxServers)
    .filter((each) => each.protocol === "http" && isReached(each) && speaksTls(each));
  const sockets = new Set(servers.filter((each) => isNamed(each, estate)).flatMap(socketsOf));
  return servers
    .filter((server) => socketsOf(server).some((socket) => sockets.has(socket)))
    .map((server) => ({
      at: server.at,
      server,
      forBrowsers: server.context.word("ssl_verify_client", "off") !== "on",
    }));
});

const socketsOf = ({ at, listens }: NginxServer): readonly string[] =>
  listens.map(({ address, port }) => `${at.source} ${at.resource} ${address} ${port}`);

function isNamed({ names, context }: NginxServer, { declaration }: Estate): boolean {
  if (declaration === undefined) {
    return context.word("ssl_verify_client", "off") === "off" && names.some((name) => name !== "_" && name !== "");
  }
  const hosts = declaration.services.flatMap(({ entrypoints }) => entrypoints.map(({ host }) => host));
  return hosts.some((host) => names.some((name) => bears(name, host)));
}

/** Names, `*.example.org` and `.example.org`; an expression counts as any. */
function bears(name: string, host: string): boolean {
  if (name.startsWith("~")) return true;
  if (name.startsWith("*.") || name.startsWith(".")) return host.endsWith(name.replace(/^\*/, ""));
  return name === host;
}

const HANDLERS = ["proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "root", "alias", "stub_status"];

/** Blocks that answers come from: where something is handed on, answered or read from disk. */
export const answering = ({ context, contexts }: NginxServer): readonly Context[] =>
  contexts.filter(
    (each) =>
      // Health for load balancers' eyes: an exact path without content.
      answerOf(each) !== undefined || HANDLERS.some((name) => each.own(name).length > 0) || each === context,
  );

export interface AddedHeader {
  readonly value: string;
  /** On answers of every status. */
  readonly always: boolean;
}

export const headersAdded = (context: Context): ReadonlyMap<string, AddedHeader> =>
  new Map(
    context
      .addedHeaders()
      .map(({ words: [name = "", value = "", always] }) => [
        name.toLowerCase(),
        { value, always: always === "always" },
      ]),
  );

const YEAR = 31_536_000;

/** What answers to browsers must carry, and what it must say at least (OWASP Secure Headers Project, read 2026-11-22). */
export const securityHeaders: readonly {
  readonly name: string;
  readonly expected: string;
  readonly holds: (value: string) => boolean;
}[] = [
  {
    name: "Strict-Transport-Security",
    expected: "Strict-Transport-Security of a year, always",
    holds: (value) => Number(/max-age="?(\d+)/i.exec(value)?.[1] ?? 0) >= YEAR,
  },
  {
    name: "X-Content-Type-Options",
    expected: "X-Content-Type-Options nosniff, always",
    holds: (value) => value.toLowerCase() === "nosniff",
  },
  {
    name: "X-Frame-Options",
    expected: "X-Frame-Options DENY or SAMEORIGIN, always",
    holds: (value) => ["deny", "sameorigin"].includes(value.toLowerCase()),
  },
  {
    name: "Content-Security-Policy",
    expected: "Content-Security-Policy without unsafe scripts, always",
    holds: (value) =>
      /(?:default|script)-src/.test(value) && !/script-src[^;]*'unsafe|default-src[^;]*(?:'unsafe|\*)/.test(value),
  },
  {
    name: "Referrer-Policy",
    expected: "Referrer-Policy, always",
    holds: (value) => value !== "" && value !== "unsafe-url",
  },
];
