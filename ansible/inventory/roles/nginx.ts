import { type Hosts, listeners } from "../../../services/schema/component.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import { entrypointServer } from "../nginx/entrypoint.ts";
import { callersServer, metricsServer, probeServer } from "../nginx/inner.ts";
import type { ServerVars } from "../nginx/server.ts";
import { switchesOf } from "../nginx/switches.ts";
import { type TlsOf, tlsOf } from "../nginx/tls.ts";
import { upstreamOf } from "../nginx/upstream.ts";
import type { GroupPlace, HostRole, Variable } from "../role.ts";

/** Metrics of the application; those of other names are exporters', which speak TLS themselves. */
const METRICS = "app";

function serverOf(place: GroupPlace, component: Hosts, listener: Listener, tls: TlsOf): ServerVars {
  const entry = place.resolved.entrypoints.find(
    ({ entrypoint: { to } }) => to.owner === listener.owner && to.name === listener.name,
  );
  if (entry !== undefined) return entrypointServer(place, component, entry, tls);
  if (listener.purpose === "metrics") return metricsServer(place, component, listener, tls);
  return listener.transport === "mtls"
    ? callersServer(place, component, listener, tls)
    : probeServer(place, component, listener, tls);
}

/** The ports of a component that NGINX has, in the order declared. */
const served = (component: Hosts): readonly Listener[] =>
  listeners(component).filter(
    ({ name, speaks, transport, purpose }) =>
      speaks === "http" && transport !== "loopback" && (purpose !== "metrics" || name === METRICS),
  );

/** Variables are plain data: interfaces have no index signature, which `Variable` asks for. */
const plain = (servers: readonly ServerVars[]): Variable =>
  servers.map((server) => ({
    ...server,
    tls: { ...server.tls },
    routes: server.routes.map((route) => ({ ...route })),
  }));

/** NGINX before an application that listens on loopback: TLS, client certificates, limits, headers, log. */
export const nginx: HostRole = {
  name: "nginx",
  groupVars: (place) => {
    const { group, estate } = place;
    const upstream = upstreamOf(place);
    if (group.kind !== "hosts" || upstream === undefined) return undefined;
    const tls = tlsOf(place);
    const servers = served(group).map((listener) => serverOf(place, group, listener, tls));
    const { sendingDisabled, blockedNames, blockedSerials } = switchesOf(estate.environment.name);
    return {
      nginx_upstream_port: upstream.port,
      nginx_longest_request_seconds: Math.ceil(group.longestRequest),
      nginx_servers: plain(servers),
      ...(servers.some(({ routes }) => routes.some(({ sends }) => sends))
        ? {
            nginx_sending_disabled: sendingDisabled,
            nginx_blocked_names: blockedNames,
            nginx_blocked_serials: blockedSerials,
          }
        : {}),
    };
  },
  // Certificates are read at start and at reload; a host that has no NGINX yet has nothing to tell.
  reloads: () => ["systemctl try-reload-or-restart nginx.service"],
};
