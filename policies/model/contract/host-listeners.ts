import type { Estate, Host } from "../estate.ts";
import { declarationOf } from "../hosts/declared-host.ts";
import { nginxServers } from "../nginx/servers.ts";

/** A port of a host that others may reach. */
export interface HostListener {
  readonly port: number;
  /** Absent: not shown. */
  readonly encrypted: boolean | undefined;
  /** Whether each connection must begin with a line of the PROXY protocol. Absent: not shown. */
  readonly proxied: boolean | undefined;
}

const BY_HOST = {};

/**
 * Where hosts listen, by their names: what NGINX opens beyond loopback; of ports that NGINX does not have, what is declared
 * for the host.
 */
export const hostListeners = (estate: Estate): ReadonlyMap<string, readonly HostListener[]> =>
  estate.once(BY_HOST, () => {
    const opened = Map.groupBy(openedByNginx(estate), ({ host }) => host);
    return new Map(
      estate.hosts.flatMap((host) => {
        const own = opened.get(host) ?? [];
        const all = [...own, ...declaredBeside(estate, host, own)];
        return all.length === 0 ? [] : [[host.name, all] as const];
      }),
    );
  });

const openedByNginx = (estate: Estate): readonly (HostListener & { readonly host: Host })[] =>
  estate
    .of(nginxServers)
    .flatMap(({ configuration: { of: host }, listens }) =>
      "release" in host
        ? []
        : listens.flatMap(({ port, loopback, tls, proxyProtocol }) =>
            loopback || port === undefined ? [] : [{ host, port, encrypted: tls, proxied: proxyProtocol }],
          ),
    );

/** Where NGINX runs, it has the ports of the service. */
const declaredBeside = (estate: Estate, host: Host, own: readonly HostListener[]): readonly HostListener[] =>
  (declarationOf(estate, host)?.part.ports ?? [])
    .filter(({ transport, purpose }) => transport !== "loopback" && (own.length === 0 || purpose !== "service"))
    .filter(({ port }) => !own.some((each) => each.port === port))
    .map(({ port }) => ({ port, encrypted: undefined, proxied: undefined }));
