import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { type NginxConfiguration, nginxConfigurations } from "./configurations.ts";
import type { Context } from "./context.ts";
import { type Listen, listenOf, unsaid } from "./listen.ts";

/** One `server`, of http or of stream. */
export interface NginxServer {
  readonly at: Place;
  readonly configuration: NginxConfiguration;
  readonly context: Context;
  readonly protocol: "http" | "stream";
  /** For a finding: `server portal.example.org 10.0.0.1:443`. */
  readonly title: string;
  readonly names: readonly string[];
  readonly listens: readonly Listen[];
  /** Itself, its locations and what is in them. */
  readonly contexts: readonly Context[];
}

/** Every server of every configuration. */
export const nginxServers = kind<NginxServer>("NGINX server", (estate: Estate) =>
  estate
    .of(nginxConfigurations)
    .flatMap((configuration) => configuration.main.below("server").map((context) => serverOf(configuration, context))),
);

function serverOf(configuration: NginxConfiguration, context: Context): NginxServer {
  const directives = context.own("listen");
  const protocol = context.parent?.kind === "stream" ? "stream" : "http";
  // Before 1.25.1 `ssl on` made all of a server's sockets encrypted ones.
  const allEncrypted = context.isOn("ssl", false);
  const listens = (directives.length === 0 ? [unsaid] : directives.map(listenOf)).map((listen) =>
    allEncrypted ? { ...listen, tls: true } : listen,
  );
  const [first = unsaid] = listens;
  return {
    at: configuration.at,
    configuration,
    context,
    protocol,
    title: `${context.title} ${first.port === undefined ? first.address : `${first.address}:${first.port}`}`,
    names: context.own("server_name").flatMap(({ words }) => words),
    listens,
    contexts: context.all,
  };
}

/** Whether anybody beyond its own host reaches it. */
export const isReached = ({ listens }: NginxServer): boolean => listens.some(({ loopback }) => !loopback);

/** Whether it speaks TLS at any of its sockets. */
export const speaksTls = ({ listens }: NginxServer): boolean => listens.some(({ tls }) => tls);

/** For a finding: the server, and the block in it: `server x 10.0.0.1:443, location /a`. */
export const within = (server: NginxServer, context: Context): string =>
  context === server.context ? server.title : `${server.title}, ${context.title}`;
