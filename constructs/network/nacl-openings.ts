import type { Tier } from "./tiers.ts";

/** Known addresses outside the VPC. */
export interface OutsideRange {
  readonly range: string;
}

/** Traffic one tier may start towards another, or that the internet or a part of it may start, or a tier towards it. */
export interface TierFlow {
  readonly from: Tier | "internet" | OutsideRange;
  readonly to: Tier | "internet";
  readonly protocol: "tcp" | "udp";
  /** Single ports or inclusive ranges. */
  readonly ports: readonly (number | { readonly from: number; readonly to: number })[];
}

/** Ports from one to another, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A tier, or addresses outside the VPC. */
export type Peer = Tier | OutsideRange;

/** What one tier lets pass in one direction, to or from one peer. */
export interface Opening {
  readonly tier: Tier;
  readonly direction: "ingress" | "egress";
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly peer: Peer;
  readonly spans: readonly Span[];
}

/** Source ports of clients: Linux uses 32768-60999, load balancers and NAT gateways 1024-65535. */
const ephemeral: Span = { from: 1024, to: 65535 };
const internet = { range: "0.0.0.0/0" } as const;

/** What every tier on a flow's way must let pass, there and back. */
export function openingsOf(flow: TierFlow): readonly Opening[] {
  const { protocol } = flow;
  const [from, to] = [peerOf(flow.from), peerOf(flow.to)];
  const spans = flow.ports.map(spanOf);
  const path = [from, ...(isOutside(to) ? (["firewall", "egress"] as const) : []), to];
  const inner = [...new Set(path)].filter((party): party is Tier => !isOutside(party));
  return inner.flatMap((tier): Opening[] => {
    const takes = tier !== from || from === to;
    const sends = tier !== to || from === to;
    return [
      ...(takes ? both(tier, from, { ingress: [protocol, spans], egress: [protocol, [ephemeral]] }) : []),
      ...(sends ? both(tier, to, { egress: [protocol, spans], ingress: [protocol, [ephemeral]] }) : []),
      ...(isOutside(from) || isOutside(to) ? [icmp(tier, "ingress", internet)] : []),
      ...(takes && isOutside(to) ? [icmp(tier, "egress", from)] : []),
    ];
  });
}

type Ways = Record<Opening["direction"], [Opening["protocol"], readonly Span[]]>;

function both(tier: Tier, peer: Peer, ways: Ways): Opening[] {
  return (["ingress", "egress"] as const).map((direction) => {
    const [protocol, spans] = ways[direction];
    return { tier, peer, direction, protocol, spans };
  });
}

function icmp(tier: Tier, direction: Opening["direction"], peer: Peer): Opening {
  return { tier, direction, peer, protocol: "icmp", spans: [{ from: 0, to: 0 }] };
}

/** A party of a flow by its addresses: the internet is the range of all. */
export const peerOf = (party: TierFlow["from"]): Peer => (party === "internet" ? internet : party);

/** True for addresses outside the VPC. */
export const isOutside = (peer: Peer): peer is OutsideRange => typeof peer === "object";

/** A tier's name or a range: equal for equal peers. */
export const keyOf = (peer: Peer): string => (isOutside(peer) ? peer.range : peer);

/** A peer in a fault's words. */
export const nameOf = (peer: Peer): string => (keyOf(peer) === internet.range ? "the internet" : keyOf(peer));

/** A flow's ports as a span. */
export function spanOf(port: TierFlow["ports"][number]): Span {
  return typeof port === "number" ? { from: port, to: port } : port;
}
