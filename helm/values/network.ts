import type { ResolvedFlow } from "../../services/resolve.ts";
import { type Context, partyNamed, type Workload } from "./context.ts";
import type { NetworkPolicyPeer, NetworkPolicyPort } from "./kubernetes.ts";
import { internet, peersOf } from "./peers.ts";
import type { WorkloadValues } from "./service-values.ts";

/** Peers and one port that is open between them and the workload. */
interface Opening {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly port: NetworkPolicyPort;
}

/** Openings to the same peers as one: in the order in which each is first met, every port once. */
const together = (openings: readonly Opening[]) =>
  [...Map.groupBy(openings, ({ peers }) => JSON.stringify(peers)).values()].flatMap((same) => {
    const [first] = same;
    const ports = [...new Map(same.map(({ port }) => [JSON.stringify(port), port])).values()];
    return first === undefined ? [] : [{ peers: [...first.peers], ports }];
  });

/**
 * Who may call a workload and whom it may call: its flows, declared and derived, and its names on the internet, and nothing
 * else (ALC-6.8, NOD-5.3). What stays inside the pod passes no policy; the kubelet's probes are let in by the node itself.
 */
export function networkOf(context: Context, workload: Workload): WorkloadValues["network"] {
  const party = partyNamed(context, workload);
  const { flows, egress } = context.resolved;
  const outside = flows.filter(({ transport }) => transport !== "loopback");
  const opening = (flow: ResolvedFlow, peer: string): Opening => ({
    peers: peersOf(context, flow, peer),
    port: { protocol: flow.protocol === "udp" ? "UDP" : "TCP", port: flow.port },
  });
  const named = egress.filter(({ from }) => from === party);
  return {
    ingress: together(outside.filter(({ to }) => to === party).map((flow) => opening(flow, flow.from))).map(
      ({ peers, ports }) => ({ from: peers, ports }),
    ),
    egress: together([
      ...outside.filter(({ from }) => from === party).map((flow) => opening(flow, flow.to)),
      ...named.map(({ port }): Opening => ({ peers: [internet], port: { protocol: "TCP", port } })),
    ]).map(({ peers, ports }) => ({ to: peers, ports })),
  };
}
