import { fewestPods } from "../../services/resolve.ts";
import { listeners, type Pods } from "../../services/schema/component.ts";
import { EDGE_IMAGE } from "../../services/schema/edge.ts";
import { type Context, pathOf } from "./context.ts";
import { edgeOf, type WebEntrypoint } from "./edge.ts";
import { probesOf } from "./probes.ts";
import type { ComponentValues } from "./service-values.ts";
import { sidecarOf } from "./sidecar.ts";
import { workloadValues } from "./workload.ts";

/** The entrypoint that leads to a component; undefined where none does. Throws for what is no edge, or not of the web. */
function entrypointOf(context: Context, component: Pods): WebEntrypoint | undefined {
  const [found, ...others] = context.resolved.entrypoints.filter(
    ({ entrypoint }) => entrypoint.to.owner === component.name,
  );
  if (found === undefined) return undefined;
  const { entrypoint } = found;
  const path = `${context.resolved.service.name}/entrypoints/${entrypoint.name}`;
  if (entrypoint.kind !== "web") throw new Error(`${path}: must be of the web before pods, got ${entrypoint.kind}`);
  if (others.length > 0)
    throw new Error(`${path}/to: must be an edge of its own, ${component.name} has another entrypoint`);
  if (component.image !== EDGE_IMAGE) {
    throw new Error(`${path}/to: must be an edge, which holds limits and headers; got ${component.name}`);
  }
  return { ...found, entrypoint };
}

/** What stands before an application: the edge is NGINX itself, all others have it as a sidecar. */
function frontOf(context: Context, component: Pods): Pick<ComponentValues, "edge" | "sidecar"> {
  const entrypoint = entrypointOf(context, component);
  if (entrypoint !== undefined) return { edge: edgeOf(context, component, entrypoint) };
  if (component.image === EDGE_IMAGE) {
    throw new Error(`${pathOf(context, component)}: must have an entrypoint that leads to it, got none`);
  }
  const sidecar = sidecarOf(context, component);
  return sidecar === undefined ? {} : { sidecar };
}

/** Values of a component on pods. */
export function componentValues(context: Context, component: Pods): ComponentValues {
  const { environment } = context.resolved;
  const { replicas } = component;
  return {
    ...workloadValues(context, component),
    deploy: component.singleton === true ? "singleton" : component.deploy,
    replicas: {
      min: fewestPods(environment, component),
      max: replicas.max,
      cpuPercent: Math.round(replicas.cpu * 100),
    },
    ports: Object.fromEntries(
      listeners(component)
        .filter(({ transport }) => transport !== "loopback")
        .map(({ name, port }) => [name, port]),
    ),
    probes: probesOf(pathOf(context, component), component),
    longestRequestSeconds: Math.ceil(component.longestRequest),
    ...frontOf(context, component),
  };
}
