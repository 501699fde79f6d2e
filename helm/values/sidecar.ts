import type { ResolvedFlow } from "../../services/resolve.ts";
import { listeners, type Pods } from "../../services/schema/component.ts";
import type { Listener } from "../../services/schema/listener.ts";
import { kib } from "../../services/schema/units.ts";
import { commonNameOf } from "./certificates.ts";
import { type Context, partyNamed, pathOf } from "./context.ts";
import type { SidecarServer } from "./service-values.ts";

/** Loopback listeners of an application, by name: what a sidecar hands on to. */
const APPLICATION = "app";
const EXPORTER = "exporter";

const METRICS = "/metrics";
/** All that a scrape or a probe sends. */
const NO_BODY = kib(1);

/** How long a sidecar waits for the application: longer than the edge, which knows how the service writes errors. */
const sidecarSeconds = ({ longestRequest }: Pick<Pods, "longestRequest">): number => Math.ceil(longestRequest) + 2;

/**
 * The TLS servers before an application that listens on loopback, by listener. Undefined where nothing listens. Throws for
 * a port without an application behind it, and for callers whose certificates are not known.
 */
export function sidecarOf(context: Context, component: Pods): Readonly<Record<string, SidecarServer>> | undefined {
  const open = listeners(component).filter(({ transport }) => transport !== "loopback");
  if (open.length === 0) return undefined;
  return Object.fromEntries(open.map((listener) => [listener.name, serverOf(context, component, listener)]));
}

function serverOf(context: Context, component: Pods, listener: Listener): SidecarServer {
  const path = `${pathOf(context, component)}/listens/${listener.name}`;
  const callers = context.resolved.flows.filter(
    ({ to, port }) => to === partyNamed(context, component) && port === listener.port,
  );
  const http = listener.speaks === "http";
  const served = http ? pathsOf(component, listener, callers) : {};
  return {
    port: listener.port,
    upstream: upstreamOf(path, component, listener),
    speaks: http ? "http" : "tcp",
    ...(listener.transport === "mtls" ? { clients: clientsOf(context, path, listener, callers) } : {}),
    ...served,
    bodyBytes: "only" in served ? NO_BODY : 0,
    timeoutSeconds: sidecarSeconds(component),
  };
}

/** The loopback port behind a listener: the exporter's for metrics where there is one, else the application's. */
function upstreamOf(path: string, { listens }: Pods, { purpose, transport }: Listener): number {
  if (transport !== "tls" && transport !== "mtls") {
    throw new Error(`${path}/transport: must be tls or mtls: a sidecar speaks no other; got ${transport}`);
  }
  const behind = (purpose === "metrics" ? listens[EXPORTER] : undefined) ?? listens[APPLICATION];
  if (behind?.transport !== "loopback") {
    const got = behind === undefined ? "none" : `${behind.name} (${behind.transport})`;
    throw new Error(`${path}: must have a loopback listener "${APPLICATION}" behind it, got ${got}`);
  }
  return behind.port;
}

/**
 * Which paths a port serves. One that callers use serves all but metrics (ALC-SEC.2); one for Prometheus or the kubelet
 * serves what these ask for, and nothing of the application (ALC-6.8).
 */
function pathsOf(
  { probes }: Pods,
  { name, purpose }: Listener,
  callers: readonly ResolvedFlow[],
): Pick<SidecarServer, "only" | "hidden"> {
  const asked = Object.values(probes).flatMap((probe) =>
    probe.kind === "http" && probe.on === name ? [probe.path] : [],
  );
  if (purpose === "metrics") return { only: [...new Set([METRICS, ...asked])] };
  return callers.length === 0 && asked.length > 0
    ? { only: [...new Set(asked)] }
    : { hidden: [METRICS, `${METRICS}/*`] };
}

/** Common names of the certificates of whoever the flows let in. */
function clientsOf(
  context: Context,
  path: string,
  { name, owner }: Listener,
  callers: readonly ResolvedFlow[],
): readonly string[] {
  const { service } = context.resolved;
  const narrowed = service.flows.find(({ to, paths }) => to.owner === owner && to.name === name && paths !== undefined);
  if (narrowed !== undefined) {
    throw new Error(`${path}: a certificate must open every path of pods, got ${narrowed.paths?.join(", ")}`);
  }
  return callers.map(({ id, from }) => {
    const caller = [...service.components, ...service.jobs].find((each) => partyNamed(context, each) === from);
    const onPods = caller?.kind === "pods" || (caller?.kind === "job" && caller.on.kind === "pods");
    if (caller === undefined || !onPods) {
      throw new Error(`${id}: must come from pods of ${service.name}, whose certificates are known; got ${from}`);
    }
    return commonNameOf(context, caller);
  });
}
