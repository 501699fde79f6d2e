import { registryOf } from "../services/names.ts";
import { type Estate, isOnPods, type ResolvedService } from "../services/resolve.ts";
import { componentValues } from "./values/components.ts";
import type { Context } from "./values/context.ts";
import { databaseAuthorities } from "./values/database-authorities.ts";
import { jobValues } from "./values/jobs.ts";
import { bytes } from "./values/quantities.ts";
import { resourcesOf } from "./values/resources.ts";
import type { ServiceValues, TargetGroupValues } from "./values/service-values.ts";
import { SIDECAR, SIDECAR_SCRATCH } from "./values/sidecar-resources.ts";

/** Services that run on pods: those that have values. */
export const podServices = ({ services }: Pick<Estate, "services">): readonly ResolvedService[] =>
  services.filter(({ service }) => isOnPods(service));

/** Target groups before pods, by entrypoint. */
function targetGroupsOf({ service, entrypoints }: ResolvedService): Readonly<Record<string, TargetGroupValues>> {
  const onPods = entrypoints.filter(({ entrypoint: { to } }) =>
    service.components.some(({ kind, name }) => kind === "pods" && name === to.owner),
  );
  return Object.fromEntries(
    onPods.map(({ entrypoint: { name, to }, resource }) => [
      name,
      { name: resource, component: to.owner, port: to.name },
    ]),
  );
}

/**
 * Values of one service, all that the catalogue and the network of its environment decide. What only a deployment knows
 * comes by an overlay (`Overlay`). Pure; throws with the path for what pods cannot be.
 */
export function serviceValues(resolved: ResolvedService, estate: Estate): ServiceValues {
  const context: Context = { resolved, estate };
  const { service, environment } = resolved;
  const components = service.components.flatMap((each) =>
    each.kind === "pods" ? [[each.name, componentValues(context, each)] as const] : [],
  );
  if (components.length === 0) throw new Error(`${service.name}/components: must have one on pods, got none`);
  const jobs = service.jobs.flatMap((each) =>
    each.on.kind === "pods" ? [[each.name, jobValues(context, each)] as const] : [],
  );
  const trusting = [...components, ...jobs].some(([, { trustsDatabases }]) => trustsDatabases);
  return {
    service: service.name,
    environment: environment.name,
    owner: service.owner,
    data: service.data,
    registry: registryOf(environment),
    sidecarResources: resourcesOf(SIDECAR, { "/tmp": SIDECAR_SCRATCH }),
    sidecarScratch: bytes(SIDECAR_SCRATCH),
    ...(trusting ? { databaseAuthorities: databaseAuthorities(environment.region) } : {}),
    components: Object.fromEntries(components),
    jobs: Object.fromEntries(jobs),
    targetGroups: targetGroupsOf(resolved),
  };
}
