import { type Estate, kind } from "../estate.ts";
import { declarationOf } from "../hosts/declared-host.ts";
import { isObject, listOf, objectOf, textOf } from "../json.ts";
import type { NginxConfiguration } from "./configurations.ts";
import { type NginxServer, nginxServers } from "./servers.ts";

/** A server that asks callers for certificates, or ought to. */
export interface CertificateServer {
  readonly at: NginxServer["at"];
  readonly server: NginxServer;
  /** Whether the catalogue says that its port is for mutual TLS. */
  readonly declared: boolean;
  /** Servers of the same sockets: whoever gets in by one of them can resume at another. */
  readonly besides: readonly NginxServer[];
  /** Whether certificates of the authority that it trusts end by themselves within days, so that none is ever revoked. */
  readonly shortLived: boolean;
}

/** As long as AWS Private CA lets certificates of its short-lived mode last (usage_mode, read 2026-11-22). */
const SHORT_DAYS = 7;

/** Servers with mutual TLS: those that verify, and those of ports that are declared for it. */
export const certificateServers = kind<CertificateServer>("NGINX server with client certificates", (estate) => {
  const servers = estate.of(nginxServers);
  const bySocket = new Map<string, NginxServer[]>();
  for (const server of servers) {
    for (const socket of socketsOf(server)) bySocket.set(socket, [...(bySocket.get(socket) ?? []), server]);
  }
  return servers.flatMap((server) => {
    const declared = isDeclared(estate, server);
    if (!declared && server.context.word("ssl_verify_client", "off") === "off") return [];
    const besides = new Set(socketsOf(server).flatMap((socket) => bySocket.get(socket) ?? []));
    besides.delete(server);
    return [{ at: server.at, server, declared, besides: [...besides], shortLived: isShortLived(estate, server) }];
  });
});

const socketsOf = ({ at, listens }: NginxServer): readonly string[] =>
  listens.map(({ address, port }) => `${at.source} ${at.resource} ${address} ${port}`);

function isDeclared(estate: Estate, { configuration: { of }, listens }: NginxServer): boolean {
  if ("release" in of) return false;
  const ports = declarationOf(estate, of)?.part.ports ?? [];
  return listens.some(({ port, loopback }) =>
    ports.some((each) => !loopback && each.port === port && each.transport === "mtls"),
  );
}

/** By what renews the host's certificates; for pods by the lifetime of every certificate of their namespace. */
function isShortLived(estate: Estate, { configuration, context }: NginxServer): boolean {
  const { of } = configuration;
  const authority = context.word("ssl_client_certificate", undefined) ?? context.word("ssl_trusted_certificate", "");
  if (!("release" in of)) return daysOf(configuration, authority) <= SHORT_DAYS;
  const hours = estate.manifests
    .filter(({ kind: each, namespace }) => each === "Certificate" && namespace === of.namespace)
    .map(({ body }) => /^(\d+)h$/.exec(textOf(objectOf(body["spec"])["duration"]) ?? "")?.[1]);
  return hours.length > 0 && hours.every((each) => Number(each ?? "NaN") <= SHORT_DAYS * 24);
}

function daysOf({ of }: NginxConfiguration, authority: string): number {
  const text = "release" in of ? undefined : of.files.get("/etc/platform/certificates.json")?.text;
  try {
    const entries = listOf(objectOf(JSON.parse(text ?? "{}"))["certificates"]).filter(isObject);
    const days = entries.filter((each) => each["authority"] === authority).map((each) => Number(each["days"]));
    return days.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...days);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
