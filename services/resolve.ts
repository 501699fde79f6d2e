import type { Catalogue } from "./catalogue.ts";
import { clusterFlows } from "./resolve/flows/cluster.ts";
import type { ResolvedFlow } from "./resolve/flows/flow.ts";
import { type Network, networkOf } from "./resolve/network.ts";
import { type ResolvedService, resolve } from "./resolve/service.ts";
import type { Environment } from "./schema/environment.ts";

export { clusterResolver, routerAddress, type Subnet, type SubnetName, type Tier } from "./resolve/addressing.ts";
export { administratorsOf } from "./resolve/administrators.ts";
export {
  interval,
  layoutOf,
  type ResolvedBackup,
  snapshotTags,
  type VaultLayout,
  verifiersOf,
} from "./resolve/backups.ts";
export { answerSeconds, edgeHeaders, requestRate } from "./resolve/edge.ts";
export type { ResolvedEgress } from "./resolve/egress.ts";
export { clusterFlows } from "./resolve/flows/cluster.ts";
export { callerParty } from "./resolve/flows/declared.ts";
export type { ResolvedFlow } from "./resolve/flows/flow.ts";
export type { Host } from "./resolve/hosts.ts";
export { hostGroups, isOnPods, workloads } from "./resolve/hosts.ts";
export { imageOf, repositoryOf, upstreamOf } from "./resolve/images.ts";
export type { Network, TierFlow } from "./resolve/network.ts";
export { INSIDE, type Place, placeKinds, placeOf } from "./resolve/places.ts";
export { fewestPods } from "./resolve/replicas.ts";
export { hostRoles, partyRole } from "./resolve/roles.ts";
export { type ResolvedSecret, watchedBy } from "./resolve/secrets.ts";
export type { ResolvedEntrypoint, ResolvedService } from "./resolve/service.ts";
export { resolve } from "./resolve/service.ts";
export { type ResolvedPart, resolveValue } from "./resolve/variables.ts";

/** All of an environment: every service, and the network they share. */
export interface Estate {
  readonly environment: Environment;
  readonly services: readonly ResolvedService[];
  /** Flows of the platform itself that belong to no service: those of the cluster. */
  readonly flows: readonly ResolvedFlow[];
  readonly network: Network;
}

/** Resolves every service of the catalogue in one environment. */
export function resolveEstate(catalogue: Catalogue, environment: Environment): Estate {
  const services = catalogue.services.map((service) => resolve(service, environment));
  return { environment, services, flows: clusterFlows, network: networkOf(environment, services, clusterFlows) };
}
