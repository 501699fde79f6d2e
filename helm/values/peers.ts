import { type EndpointGroup, endpointGroups, endpoints, linkLocal } from "../../services/platform.ts";
import { clusterResolver, type ResolvedFlow, workloads } from "../../services/resolve.ts";
import type { Context } from "./context.ts";
import type { NetworkPolicyPeer } from "./kubernetes.ts";

/** Names on the internet have any address but these, which are ours, our neighbours' or the hypervisor's. */
const INSIDE = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

const ranges = (cidrs: readonly string[]): readonly NetworkPolicyPeer[] => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const address = (one: string): string => `${one}/32`;

/** Subnets of a tier, where AWS picks the addresses. */
const subnetsOf = ({ estate: { network } }: Context, tier: "public" | "data"): readonly string[] =>
  network.subnets.filter((subnet) => subnet.tier === tier).map(({ cidr }) => cidr);

/** Addresses of a group of interface endpoints: its own alone, since nodes reach more groups than their pods may. */
const endpointsOf = ({ estate: { network } }: Context, group: EndpointGroup): readonly string[] =>
  endpointGroups[group].flatMap((service) => Object.values(network.endpointAddresses[service]));

/**
 * The labels that pods and the Service before them share. The policy controller opens a Service's own address only where
 * all labels of the peer stand in the Service's selector.
 */
const podsNamed = (service: string, name: string): NetworkPolicyPeer => ({
  podSelector: { matchLabels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": service } },
});

/** What the platform offers, at addresses that the network gives it. */
function platformPeers(context: Context, party: string): readonly NetworkPolicyPeer[] | undefined {
  switch (party) {
    case linkLocal.resolverUdp.listener.owner:
      // CoreDNS is a service of every node and no pod: its address is that of the cluster's resolver.
      return ranges([address(clusterResolver())]);
    case linkLocal.podIdentity.listener.owner:
      return ranges([address(linkLocal.podIdentity.address)]);
    default: {
      const group = (Object.keys(endpoints) as EndpointGroup[]).find((name) => endpoints[name].owner === party);
      return group && ranges(endpointsOf(context, group).map(address));
    }
  }
}

/** Addresses or pods of a party; undefined when none are known. */
function known(context: Context, party: string): readonly NetworkPolicyPeer[] | undefined {
  const { service } = context.resolved;
  const hosts = context.estate.services.flatMap((each) => each.hosts).filter((host) => host.party === party);
  if (hosts.length > 0) return ranges(hosts.map((host) => address(host.address)));
  const own = party.startsWith(`${service.name}/`) ? party.slice(service.name.length + 1) : undefined;
  if (own === undefined) return platformPeers(context, party);
  if (workloads(service).some(({ name }) => name === own)) return [podsNamed(service.name, own)];
  if (service.entrypoints.some(({ name }) => name === own)) return ranges(subnetsOf(context, "public"));
  const managed = service.stores.some(({ name, kind }) => name === own && kind === "managed-postgres");
  return managed ? ranges(subnetsOf(context, "data")) : undefined;
}

/** The far end of a flow as a network policy names it. Throws when nobody knows where it stands. */
export function peersOf(context: Context, { id }: ResolvedFlow, party: string): readonly NetworkPolicyPeer[] {
  const peers = known(context, party);
  if (peers === undefined || peers.length === 0) {
    const allowed = "pods and stores of the service, hosts, load balancers before it, endpoints of the platform";
    throw new Error(`${id}: must lead to what has addresses (${allowed}), got ${party}`);
  }
  return peers;
}

/** Any address on the internet: which names it may have is for the firewall, which sees them. */
export const internet: NetworkPolicyPeer = { ipBlock: { cidr: "0.0.0.0/0", except: INSIDE } };
