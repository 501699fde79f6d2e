import type { Context } from "../../../helm/values/context.ts";
import { serviceValues } from "../../../helm/values.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { edge, flow, https, kib, loopback, perSecond, pods, web } from "../../../services/define.ts";
import { observability } from "../../../services/observability.ts";
import { type Estate, type ResolvedService, resolveEstate } from "../../../services/resolve.ts";
import type { Pods } from "../../../services/schema/component.ts";
import type { Route, Web } from "../../../services/schema/entrypoint.ts";
import type { Listens, Port } from "../../../services/schema/listener.ts";
import type { Service } from "../../../services/schema/service.ts";
import { containers, shop, small } from "../../services/resolve/small.ts";

/** A service of its own among the platform's, in the small environment of `resolve`'s tests; and the real catalogue. */

/** A service with the estate it stands in. */
export function contextOf(service: Service, environment = small): Context {
  const estate = resolveEstate({ environments: [environment], services: [service, observability] }, environment);
  return { estate, resolved: found(estate, service.name) };
}

/** Values of a service in the small environment. */
export const smallValues = (given: Partial<Service>) => {
  const { resolved, estate } = contextOf(shop(given));
  return serviceValues(resolved, estate);
};

function found(estate: Estate, name: string): ResolvedService {
  const resolved = estate.services.find(({ service }) => service.name === name);
  if (resolved === undefined) throw new Error(`no service "${name}"`);
  return resolved;
}

/** A service of the real catalogue with its estate. */
export function realContext(environment: string, service: string): Context {
  const known = catalogue.environments.find(({ name }) => name === environment);
  if (known === undefined) throw new Error(`no environment "${environment}"`);
  const estate = resolveEstate(catalogue, known);
  return { estate, resolved: found(estate, service) };
}

/** Values of a service of the real catalogue. */
export const realValues = (environment: string, service: string) => {
  const { resolved, estate } = realContext(environment, service);
  return serviceValues(resolved, estate);
};

/** Pods named `api` with the application on loopback 8000 behind HTTPS on 8443. */
export const api = (
  given: Partial<Omit<Pods, "listens">> & { readonly listens?: Readonly<Record<string, Port>> } = {},
): Pods =>
  pods("api", { ...containers("api"), ...given, listens: given.listens ?? { web: https(8443), app: loopback(8000) } });

/** An edge before `api`, with its entrypoint: what a service on pods needs at the least. */
export function behindEdge(
  target: Pods,
  given: {
    readonly routes?: readonly Route[];
    readonly entry?: Partial<Web>;
    readonly more?: Partial<Service>;
  } = {},
): Partial<Service> {
  const front = edge({ why: "ends TLS" });
  const site = web("web", {
    why: "the shop's site",
    host: "shop",
    to: front.listens.web,
    health: "/health",
    body: kib(32),
    routes: given.routes ?? [{ class: "all", paths: ["/*"], rate: perSecond(20), burst: 40, connections: 10 }],
    ...given.entry,
  });
  return {
    ...given.more,
    components: [front, target, ...(given.more?.components ?? [])],
    entrypoints: [site],
    flows: [flow(front, listenerOf(target.listens, "web"), "hands requests on"), ...(given.more?.flows ?? [])],
  };
}

/** A listener that must be there. */
export function listenerOf(listens: Listens, name: string) {
  const listener = listens[name];
  if (listener === undefined) throw new Error(`no listener "${name}"`);
  return listener;
}
