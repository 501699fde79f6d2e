import { hostName, resourceName, serviceDomain } from "../names.ts";
import type { Hosts, HostTier, Pods } from "../schema/component.ts";
import type { Environment, Zone } from "../schema/environment.ts";
import type { Job } from "../schema/job.ts";
import type { Service } from "../schema/service.ts";
import { type HostedStore, isHosted } from "../schema/store.ts";
import { type Bytes, inGib } from "../schema/units.ts";
import { appSubnets, hostAddress, type Subnet, type SubnetName, sharedSubnets } from "./addressing.ts";

/** One host of one environment. */
export interface Host {
  /** `api-a` */
  readonly name: string;
  /** Name tag, unique in the account, and the host's name in Ansible's inventory: `prd-tkt-api-a`. */
  readonly tag: string;
  /** Component or store it belongs to: `ticketing/api`. */
  readonly party: string;
  readonly group: string;
  readonly tier: HostTier;
  readonly zone: Zone;
  readonly subnet: SubnetName;
  readonly address: string;
  readonly domain: string;
  readonly machine: string;
  readonly image: string;
  readonly rootGib: number;
  /** Absent: no volume apart from the root. */
  readonly dataGib?: number;
}

const subnetsOf = (environment: Environment, service: Service, tier: HostTier): readonly Subnet[] =>
  tier === "app" ? appSubnets(environment, service) : sharedSubnets(environment, tier);

/** A declared volume at the environment's share, never below 10 GiB. */
const volumeGib = (environment: Environment, declared: Bytes): number =>
  Math.max(10, Math.ceil(inGib(declared) * environment.volumeShare));

/** Hosts of a component or store, in the order of the zones. */
export function hostsOf(environment: Environment, service: Service, group: Hosts | HostedStore): readonly Host[] {
  return subnetsOf(environment, service, group.tier)
    .slice(0, group.zones)
    .map((subnet) => {
      const name = hostName(group.name, subnet.zone.letter);
      return {
        name,
        tag: resourceName(environment, service.code, name),
        party: `${service.name}/${group.name}`,
        group: group.name,
        tier: group.tier,
        zone: subnet.zone,
        subnet: subnet.name,
        address: hostAddress(subnet, service, group.address),
        domain: `${name}.${serviceDomain(environment, service)}`,
        machine: environment.machines[group.size],
        image: environment.machineImage,
        rootGib: inGib(environment.rootVolume),
        ...(group.dataVolume === undefined ? {} : { dataGib: volumeGib(environment, group.dataVolume) }),
      };
    });
}

/** All that stands on hosts of its own. */
export const hostGroups = (service: Service): readonly (Hosts | HostedStore)[] => [
  ...service.components.filter((component) => component.kind === "hosts"),
  ...service.stores.filter(isHosted),
];

/** All that runs as pods: components, and jobs on them. */
export const workloads = (service: Service): readonly (Pods | Job)[] => [
  ...service.components.filter((component) => component.kind === "pods"),
  ...service.jobs.filter(({ on }) => on.kind === "pods"),
];

/** True for a service that runs on pods: it uses the cluster. */
export const isOnPods = ({ components }: Pick<Service, "components">): boolean =>
  components.some(({ kind }) => kind === "pods");
