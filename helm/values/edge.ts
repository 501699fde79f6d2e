import { podsDomain } from "../../services/names.ts";
import { answerSeconds, edgeHeaders, type ResolvedEntrypoint, requestRate } from "../../services/resolve.ts";
import type { Pods } from "../../services/schema/component.ts";
import { EDGE_HEALTH } from "../../services/schema/edge.ts";
import type { Route, Web } from "../../services/schema/entrypoint.ts";
import { type Context, pathOf } from "./context.ts";
import type { EdgeRoute, EdgeUpstream, EdgeValues } from "./service-values.ts";

/** An entrypoint of the web, as it is resolved. */
export type WebEntrypoint = ResolvedEntrypoint & { readonly entrypoint: Web };

/** Components behind an edge, by name: those that its flows lead to. */
function behind(context: Context, edge: Pods): ReadonlyMap<string, { readonly pods: Pods; readonly to: EdgeUpstream }> {
  const { service } = context.resolved;
  const found = new Map<string, { readonly pods: Pods; readonly to: EdgeUpstream }>();
  for (const { to } of service.flows.filter(({ from }) => from === edge)) {
    const pods = service.components.find(({ name }) => name === to.owner);
    if (pods?.kind !== "pods" || to.speaks !== "http" || found.has(to.owner)) {
      const allowed = "one port of pods that speaks HTTP for each component behind it";
      throw new Error(`${pathOf(context, edge)}: must call ${allowed}, got ${to.owner}/${to.name}`);
    }
    found.set(to.owner, {
      pods,
      to: { host: podsDomain(service, pods), port: to.port, mutual: to.transport === "mtls" },
    });
  }
  return found;
}

/** Where a route leads: to what it names, or to the only component behind the edge. */
function targetOf(path: string, { to }: Route, names: readonly string[]): string {
  const [first] = names;
  const target = to?.owner ?? (names.length === 1 ? first : undefined);
  if (target === undefined || !names.includes(target)) {
    throw new Error(
      `${path}/to: must be what a flow of the edge leads to (${names.join(", ")}), got ${target ?? "none"}`,
    );
  }
  return target;
}

function routeOf(
  { resolved: { environment } }: Context,
  path: string,
  { body }: Web,
  route: Route,
  names: readonly string[],
): EdgeRoute {
  const { audience, methods } = route;
  return {
    class: route.class,
    paths: route.paths,
    ...(methods === undefined ? {} : { methods }),
    rate: requestRate(path, route.rate),
    burst: route.burst,
    connections: route.connections,
    bodyBytes: route.body ?? body,
    ...(audience === undefined || audience === "internet" ? {} : { from: environment.ranges[audience] }),
    to: targetOf(path, route, names),
  };
}

/** What an edge does to requests of its entrypoint (NOD-1, MUN-2.5, ALC-5.5). */
export function edgeOf(context: Context, edge: Pods, { entrypoint, hostName }: WebEntrypoint): EdgeValues {
  const { service } = context.resolved;
  const path = `${service.name}/entrypoints/${entrypoint.name}`;
  const upstreams = behind(context, edge);
  const metrics = edge.listens["metrics"];
  if (metrics === undefined)
    throw new Error(`${pathOf(context, edge)}/listens: must have a listener "metrics", got none`);
  return {
    port: entrypoint.to.port,
    metricsPort: metrics.port,
    serverName: hostName,
    minimumTls: entrypoint.minimumTls,
    clientAddress: entrypoint.via === "cloudfront" ? "cloudfront-viewer-address" : "x-forwarded-for",
    trustedProxies: context.estate.network.subnets.filter(({ tier }) => tier === "public").map(({ cidr }) => cidr),
    health: EDGE_HEALTH,
    hidden: entrypoint.hidden,
    headers: edgeHeaders(entrypoint.headers),
    requestId: entrypoint.requestId,
    errors: entrypoint.errors,
    bodyBytes: entrypoint.body,
    timeoutSeconds: answerSeconds(
      path,
      entrypoint.idle,
      [...upstreams.values()].map(({ pods }) => pods.longestRequest),
    ),
    routes: entrypoint.routes.map((route) =>
      routeOf(context, `${path}/routes/${route.class}`, entrypoint, route, [...upstreams.keys()]),
    ),
    upstreams: Object.fromEntries([...upstreams].map(([name, { to }]) => [name, to])),
  };
}
