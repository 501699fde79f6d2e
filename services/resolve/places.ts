import { cluster, type EndpointGroup, endpointGroups, endpoints, linkLocal } from "../platform.ts";
import { workloads } from "./hosts.ts";
import type { Network } from "./network.ts";
import type { ResolvedService } from "./service.ts";

/** What stands where a party is: hosts and endpoints have addresses of ours, all others those that AWS picks in subnets. */
export type Place =
  | { readonly kind: "hosts" | "endpoints" | "hypervisor"; readonly addresses: readonly string[] }
  | {
      readonly kind: "balancer" | "database" | "files" | "pods" | "nodes" | "cluster";
      readonly ranges: readonly string[];
    };

/** Services of an environment and the network they share. */
export interface Grounds {
  readonly services: readonly ResolvedService[];
  readonly network: Network;
}

/** Names on the internet have any address but these, which are ours, our neighbours' or the hypervisor's. */
export const INSIDE = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"] as const;

/** What places of the platform are called in messages. */
export const placeKinds = "hosts, load balancers, stores, pods, the cluster, endpoints and services of the platform";

/** Addresses of a group of interface endpoints: its own alone, since callers reach more groups than they may use. */
const endpointsOf = ({ endpointAddresses }: Network, group: EndpointGroup): readonly string[] =>
  endpointGroups[group].flatMap((service) => Object.values(endpointAddresses[service]));

/** Subnets of a tier, where AWS picks the addresses. */
const tier = ({ subnets }: Network, name: "public" | "data"): readonly string[] =>
  subnets.filter((subnet) => subnet.tier === name).map(({ cidr }) => cidr);

/** Application subnets of a service, or of the cluster. */
const own = ({ subnets }: Network, service: string): readonly string[] =>
  subnets.filter((subnet) => subnet.service === service).map(({ cidr }) => cidr);

function platformPlace(network: Network, party: string): Place | undefined {
  if (party === `platform/${cluster.name}`) return { kind: "cluster", ranges: own(network, cluster.name) };
  const addresses = Object.values(linkLocal)
    .filter(({ listener }) => listener.owner === party)
    .map(({ address }) => address);
  if (addresses.length > 0) return { kind: "hypervisor", addresses: [...new Set(addresses)] };
  const group = (Object.keys(endpoints) as EndpointGroup[]).find((name) => endpoints[name].owner === party);
  return group && { kind: "endpoints", addresses: endpointsOf(network, group) };
}

function servicePlace({ service, hosts }: ResolvedService, network: Network, name: string): Place | undefined {
  const standing = hosts.filter((host) => host.group === name);
  if (standing.length > 0) return { kind: "hosts", addresses: standing.map(({ address }) => address) };
  if (name === "nodes") return { kind: "nodes", ranges: own(network, service.name) };
  const pods = workloads(service).some((each) => each.name === name);
  if (pods) return { kind: "pods", ranges: own(network, service.name) };
  const balancer = service.entrypoints.some((each) => each.name === name);
  if (balancer) return { kind: "balancer", ranges: tier(network, "public") };
  switch (service.stores.find((store) => store.name === name)?.kind) {
    case "managed-postgres":
      return { kind: "database", ranges: tier(network, "data") };
    case "files":
      return { kind: "files", ranges: tier(network, "data") };
    default:
      return undefined;
  }
}

/** Where a party stands: `ticketing/api`, `platform/endpoint-secrets`. Undefined when nobody knows. */
export function placeOf({ services, network }: Grounds, party: string): Place | undefined {
  const [owner, name = ""] = party.split("/");
  if (owner === "platform") return platformPlace(network, party);
  const resolved = services.find(({ service }) => service.name === owner);
  return resolved && servicePlace(resolved, network, name);
}
