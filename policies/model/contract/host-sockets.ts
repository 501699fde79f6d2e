import type { Declaration, DeclaredHost } from "../declaration.ts";
import { type Estate, kind } from "../estate.ts";
import { declarationOf, type HostDeclaration } from "../hosts/declared-host.ts";
import { listeners, portOf } from "../hosts/listeners.ts";
import { nginxServers } from "../nginx/servers.ts";
import type { Place } from "../place.ts";

/** What a declared host opens beyond loopback. */
export interface HostSocket {
  readonly at: Place;
  /** `server portal.example.org 10.0.0.1:443: listen`, `ListenStream`. */
  readonly attribute: string;
  readonly of: HostDeclaration;
  /** NaN: not shown. */
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** Names that it answers to; one of none is asked by address. */
  readonly names: readonly string[];
}

/** Every socket of servers of NGINX, and of programs that command lines, sockets and settings bind. */
export const hostSockets = kind<HostSocket>("socket of a declared host", (estate) => [
  ...ofNginx(estate),
  ...estate.of(listeners).flatMap((listener) => {
    const of = declarationOf(estate, listener.host);
    const port = portOf(listener);
    if (of === undefined || port === undefined || listener.loopback) return [];
    const protocol = listener.option === "ListenDatagram" ? ("udp" as const) : ("tcp" as const);
    return [{ at: listener.at, attribute: listener.option, of, port, protocol, names: [] }];
  }),
]);

const ofNginx = (estate: Estate): readonly HostSocket[] =>
  estate.of(nginxServers).flatMap(({ at, configuration, title, listens, names }) => {
    const of = "release" in configuration.of ? undefined : declarationOf(estate, configuration.of);
    if (of === undefined) return [];
    return (["tcp", "udp"] as const).flatMap((protocol) => {
      const spoken = listens.filter((listen) => listen.protocol === protocol && !listen.loopback);
      const ports = new Set(spoken.flatMap(({ port }) => (port === undefined ? [] : [port])));
      return [...ports].map((port) => ({ at, attribute: `${title}: listen`, of, port, protocol, names }));
    });
  });

/** Ports that others are declared to reach on a host, each with its protocol: `443/tcp`. */
export const declaredPorts = ({ part }: HostDeclaration): readonly string[] =>
  part.ports.filter(({ transport }) => transport !== "loopback").map(({ port, protocol }) => `${port}/${protocol}`);

/** Names by which a host is declared to be asked: of its entrypoints, its own, the one of all hosts of its part. */
export const declaredNames = ({ services }: Declaration, { party, part }: HostDeclaration): ReadonlySet<string> =>
  new Set([
    ...services.flatMap(({ entrypoints }) => entrypoints.filter(({ to }) => to === party).map(({ host }) => host)),
    ...part.hosts.flatMap((host) => [host.domain, host.address, `${part.name}.${zoneOf(host)}`]),
  ]);

const zoneOf = ({ domain }: DeclaredHost): string => domain.slice(domain.indexOf(".") + 1);
