import { answerSeconds, edgeHeaders, type ResolvedEntrypoint, requestRate } from "../../../services/resolve.ts";
import type { Hosts } from "../../../services/schema/component.ts";
import type { Audience, Entrypoint, Route } from "../../../services/schema/entrypoint.ts";
import type { GroupPlace } from "../role.ts";
import { pathExpression } from "./patterns.ts";
import type { RouteVars, ServerVars } from "./server.ts";
import type { TlsOf } from "./tls.ts";

/** Seconds by which a host outlasts an ALB's idle connection, that none is closed under a request. */
const LONGER = 15;
/** Seconds by which it ends one before a load balancer of TCP forgets it without a word. */
const SOONER = 5;

const rangesOf = ({ estate }: GroupPlace, audience: Audience): readonly string[] | undefined =>
  audience === "internet" ? undefined : estate.environment.ranges[audience];

function routeOf(place: GroupPlace, entrypoint: Entrypoint, route: Route): RouteVars {
  const path = `${place.resolved.service.name}/entrypoints/${entrypoint.name}/routes/${route.class}`;
  // A load balancer of TCP reads no path, and its security group is the only other thing that knows its clients (BRK-SEC.9).
  const from = rangesOf(place, route.audience ?? entrypoint.audience);
  return {
    class: route.class,
    paths: pathExpression(`${path}/paths`, route.paths),
    ...(route.methods === undefined ? {} : { methods: route.methods }),
    rate: requestRate(path, route.rate),
    burst: route.burst,
    connections: route.connections,
    body_bytes: route.body ?? entrypoint.body,
    ...(from === undefined ? {} : { from }),
    sends: entrypoint.kind === "pass-through" && !route.paths.includes(entrypoint.health),
  };
}

type OfKind = Pick<ServerVars, "balancer" | "health" | "headers" | "request_id" | "hidden" | "keepalive_seconds">;

/** What the two kinds of load balancers ask of a host. */
function ofKind(path: string, entrypoint: Entrypoint, ranges: readonly string[]): OfKind {
  switch (entrypoint.kind) {
    case "web":
      if (entrypoint.errors !== "json")
        throw new Error(`${path}/errors: must be json on hosts, got ${entrypoint.errors}`);
      return {
        balancer: { tells: "x-forwarded-for", ranges },
        health: entrypoint.health,
        headers: edgeHeaders(entrypoint.headers),
        request_id: entrypoint.requestId,
        ...(entrypoint.hidden.length === 0 ? {} : { hidden: pathExpression(`${path}/hidden`, entrypoint.hidden) }),
        keepalive_seconds: entrypoint.idle + LONGER,
      };
    case "pass-through":
      return {
        balancer: { tells: "proxy-protocol", ranges },
        headers: {},
        request_id: "keep-or-make",
        keepalive_seconds: entrypoint.idle - SOONER,
      };
  }
}

/** A port that a load balancer hands requests of the world to. */
export function entrypointServer(
  place: GroupPlace,
  component: Hosts,
  { entrypoint, hostName }: ResolvedEntrypoint,
  tlsOf: TlsOf,
): ServerVars {
  const path = `${place.resolved.service.name}/entrypoints/${entrypoint.name}`;
  const balancers = place.estate.network.subnets.filter(({ tier }) => tier === "public").map(({ cidr }) => cidr);
  // Refuses an idle time that would cut answers short.
  answerSeconds(path, entrypoint.idle, [component.longestRequest]);
  return {
    listener: entrypoint.to.name,
    port: entrypoint.to.port,
    names: [hostName],
    tls: tlsOf(entrypoint.to, entrypoint.minimumTls),
    ...ofKind(path, entrypoint, balancers),
    body_bytes: entrypoint.body,
    routes: entrypoint.routes.map((route) => routeOf(place, entrypoint, route)),
  };
}
