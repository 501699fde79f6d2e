import { callerParty } from "../../../services/resolve.ts";
import type { Hosts } from "../../../services/schema/component.ts";
import type { Flow } from "../../../services/schema/flow.ts";
import type { Listener } from "../../../services/schema/listener.ts";
import { kib, mib } from "../../../services/schema/units.ts";
import type { GroupPlace } from "../role.ts";
import { pathExpression } from "./patterns.ts";
import type { RouteVars, ServerVars } from "./server.ts";
import type { TlsOf } from "./tls.ts";

/** Ports that no load balancer leads to: of other components, of Prometheus, of probes. */

const METRICS = "/metrics";
/** Names of the host itself and of its group, which certificates have and callers use. */
const OWN_NAMES = ["{{ platform_domain }}", "{{ platform_group_domain }}"];
/** All that a scrape or a probe sends. */
const NO_BODY = kib(1);
/** Largest body among components: as the portal's, which hands its users' requests on to main. */
const BODY = mib(1);
/** Longer than HTTP clients keep an idle connection. */
const KEEPALIVE_SECONDS = 75;
/** X.520; requests of hosts cut their name there. */
const LONGEST_COMMON_NAME = 64;

const server = (listener: Listener, tlsOf: TlsOf) =>
  ({
    listener: listener.name,
    port: listener.port,
    names: OWN_NAMES,
    tls: tlsOf(listener),
    headers: {},
    request_id: "keep-or-make",
    body_bytes: NO_BODY,
    keepalive_seconds: KEEPALIVE_SECONDS,
  }) as const;

/** Paths that are only read, by whoever the firewall lets in. */
const reading = (path: string, name: string, paths: readonly string[]): RouteVars => ({
  class: name,
  paths: pathExpression(path, paths),
  methods: ["GET", "HEAD"],
  body_bytes: NO_BODY,
  sends: false,
});

/** Where a component answers for its health; undefined where that is not over HTTP on this listener. */
const healthOn = ({ health }: Hosts, { name }: Listener): string | undefined =>
  health.kind === "http" && health.on === name ? health.path : undefined;

/** The application's metrics, and its health where that port says it, and nothing else of it. */
export function metricsServer(place: GroupPlace, component: Hosts, listener: Listener, tlsOf: TlsOf): ServerVars {
  const path = `${place.resolved.service.name}/components/${component.name}/listens/${listener.name}`;
  const health = healthOn(component, listener);
  return {
    ...server(listener, tlsOf),
    ...(health === undefined ? {} : { health }),
    routes: [
      reading(path, "metrics", [METRICS]),
      ...(health === undefined || health === METRICS ? [] : [reading(path, "health", [health])]),
    ],
  };
}

/** A port for probes: the health alone (BRK-29.2). */
export function probeServer(place: GroupPlace, component: Hosts, listener: Listener, tlsOf: TlsOf): ServerVars {
  const path = `${place.resolved.service.name}/components/${component.name}/listens/${listener.name}`;
  const health = healthOn(component, listener);
  if (health === undefined) {
    throw new Error(`${path}: must be an entrypoint's, mutual TLS, metrics or the port of health, got none of them`);
  }
  return { ...server(listener, tlsOf), health, routes: [reading(path, "health", [health])] };
}

/** Common names of the certificates of a group's hosts: their domain names, and nothing else in the subject. */
const callersOf = ({ resolved }: GroupPlace, flow: Flow): readonly string[] => {
  const found = resolved.hosts.filter(({ party }) => party === callerParty(resolved.service, flow.from));
  if (found.length === 0) {
    throw new Error(`${resolved.service.name}: ${flow.from.name} has no hosts, whose certificates would be known`);
  }
  return found.map(({ domain }) => domain.slice(0, LONGEST_COMMON_NAME));
};

/** A port for other components: each certificate opens what its flow says, and no other path (BRK-SEC.20). */
export function callersServer(place: GroupPlace, component: Hosts, listener: Listener, tlsOf: TlsOf): ServerVars {
  const { service } = place.resolved;
  const path = `${service.name}/components/${component.name}/listens/${listener.name}`;
  const flows = service.flows.filter(({ to }) => to.owner === listener.owner && to.name === listener.name);
  const byPaths = new Map<string, Flow[]>();
  for (const flow of flows) {
    const key = (flow.paths ?? ["/*"]).join(" ");
    byPaths.set(key, [...(byPaths.get(key) ?? []), flow]);
  }
  return {
    ...server(listener, tlsOf),
    hidden: pathExpression(path, [METRICS, `${METRICS}/*`]),
    body_bytes: BODY,
    routes: [...byPaths].map(([paths, sharing]) => ({
      class: sharing.map(({ from }) => from.name).join("-"),
      paths: pathExpression(path, paths.split(" ")),
      body_bytes: BODY,
      callers: sharing.flatMap((flow) => callersOf(place, flow)),
      sends: false,
    })),
  };
}
