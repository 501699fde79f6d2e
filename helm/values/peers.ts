import { linkLocal } from "../../services/platform.ts";
import { clusterResolver, INSIDE, placeOf, type ResolvedFlow } from "../../services/resolve.ts";
import type { Context } from "./context.ts";
import type { NetworkPolicyPeer } from "./kubernetes.ts";

const ranges = (cidrs: readonly string[]): readonly NetworkPolicyPeer[] => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const exact = (addresses: readonly string[]) => ranges(addresses.map((one) => `${one}/32`));

/**
 * The labels that pods and the Service before them share. The policy controller opens a Service's own address only where
 * all labels of the peer stand in the Service's selector.
 */
const podsNamed = (service: string, name: string): NetworkPolicyPeer => ({
  podSelector: { matchLabels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": service } },
});

/** Of what the hypervisor offers pods: CoreDNS is a service of every node and no pod, at the cluster's own address. */
function hypervisorPeers(party: string): readonly NetworkPolicyPeer[] | undefined {
  switch (party) {
    case linkLocal.resolverUdp.listener.owner:
      return exact([clusterResolver()]);
    case linkLocal.podIdentity.listener.owner:
      return exact([linkLocal.podIdentity.address]);
    default:
      return undefined;
  }
}

/** Addresses or pods of a party; undefined when none are known, or when it is no peer of pods. */
function known({ resolved, estate }: Context, party: string): readonly NetworkPolicyPeer[] | undefined {
  const place = placeOf(estate, party);
  if (place?.kind === "hosts" || place?.kind === "endpoints") return exact(place.addresses);
  if (place?.kind === "hypervisor") return hypervisorPeers(party);
  const { name: service } = resolved.service;
  if (place === undefined || !party.startsWith(`${service}/`)) return undefined;
  switch (place.kind) {
    case "pods":
      return [podsNamed(service, party.slice(service.length + 1))];
    case "balancer":
    case "database":
      return ranges(place.ranges);
    default:
      return undefined;
  }
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
export const internet: NetworkPolicyPeer = { ipBlock: { cidr: "0.0.0.0/0", except: [...INSIDE] } };
