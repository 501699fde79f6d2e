import { type AddressSet, everywhere, parseCidr, subtract, union } from "./addresses.ts";
import type { Fields } from "./cluster/fields.ts";
import { type Direction, type NetworkPolicy, policiesOf } from "./cluster/network-policies.ts";
import { objectsOf } from "./cluster/objects.ts";
import type { Pod } from "./cluster/pod.ts";
import { type Selector, selectorOf, selects } from "./cluster/selector.ts";
import type { Estate } from "./estate.ts";
import type { Ranges } from "./ranges.ts";
import { isUnknown } from "./value.ts";

/** Whom a rule of a NetworkPolicy lets in or out. */
export type PolicyPeer =
  | { readonly of: "addresses"; readonly addresses: AddressSet }
  /** Pods of namespaces; without a selector of namespaces those of the policy's own. */
  | { readonly of: "pods"; readonly namespaces: Selector | undefined; readonly pods: Selector };

/** A port that a rule names: by number, or by the name that the pod at the far end gives it. */
export interface PolicyPort {
  /** IANA's number of the protocol. */
  readonly protocol: number;
  readonly ports: Ranges<number> | { readonly name: string };
}

/** One rule of a policy: what it opens in a direction. */
export interface Opening {
  readonly policy: NetworkPolicy;
  /** `ingress[0]`. */
  readonly path: string;
  /** Empty: everybody. */
  readonly peers: readonly PolicyPeer[];
  /** Absent: all ports of all protocols. */
  readonly ports: readonly PolicyPort[] | undefined;
  /** What of it nobody can tell. */
  readonly unknown: readonly string[];
}

/** What NetworkPolicies do with one direction of a pod. */
export interface Openings {
  /** Whether any policy closes the direction: else all is open. */
  readonly closed: boolean;
  readonly openings: readonly Opening[];
}

const OF_POLICY = {};
const OF_POD = {};

/** What policies open for a pod in a direction: all of those that are for it, together. */
export function openingsOf(estate: Estate, pod: Pod, direction: Direction): Openings {
  const read = estate.once(OF_POD, () => new Map<Pod, Partial<Record<Direction, Openings>>>());
  const known = read.get(pod) ?? {};
  const found = known[direction] ?? openingsOfPod(estate, pod, direction);
  if (known[direction] === undefined) read.set(pod, { ...known, [direction]: found });
  return found;
}

function openingsOfPod(estate: Estate, pod: Pod, direction: Direction): Openings {
  // The node's network is not a pod's: no policy is for it.
  if (pod.spec.flag("hostNetwork") === true) return { closed: false, openings: [] };
  const policies = policiesOf(pod, estate).filter(({ closes }) => closes.includes(direction));
  return { closed: policies.length > 0, openings: policies.flatMap((each) => openedBy(estate, each, direction)) };
}

/** What a policy opens in a direction; nothing where it does not close it, for then its rules are not asked. */
export function openedBy(estate: Estate, policy: NetworkPolicy, direction: Direction): readonly Opening[] {
  if (!policy.closes.includes(direction)) return [];
  const read = estate.once(OF_POLICY, () => new Map<NetworkPolicy, Partial<Record<Direction, readonly Opening[]>>>());
  const known = read.get(policy) ?? {};
  const own = known[direction] ?? policy[direction].map((rule, index) => openingOf(policy, direction, rule, index));
  read.set(policy, { ...known, [direction]: own });
  return own;
}

function openingOf(policy: NetworkPolicy, direction: Direction, rule: Fields, index: number): Opening {
  const unknown: string[] = [];
  const peers = rule.list(direction === "ingress" ? "from" : "to").flatMap((peer) => {
    const read = peerOf(peer);
    if (typeof read !== "string") return [read];
    unknown.push(read);
    return [];
  });
  const ports = rule.list("ports").flatMap((port) => {
    const read = portOf(port);
    if (typeof read !== "string") return [read];
    unknown.push(read);
    return [];
  });
  // An empty list of peers, and one of ports, is the same as none: everybody, everything.
  return {
    policy,
    path: `${direction}[${index}]`,
    peers,
    ports: rule.list("ports").length === 0 ? undefined : ports,
    unknown,
  };
}

function peerOf(peer: Fields): PolicyPeer | string {
  if (peer.has("ipBlock")) {
    const block = peer.in("ipBlock");
    const cidr = block.text("cidr");
    const all = cidr === undefined || isUnknown(cidr) ? undefined : parseCidr(cidr);
    const less = block.texts("except").map(parseCidr);
    if (all === undefined || less.some((each) => each === undefined)) return JSON.stringify(peer.raw);
    return { of: "addresses", addresses: subtract(all, union(less.filter((each) => each !== undefined))) };
  }
  if (!peer.has("podSelector") && !peer.has("namespaceSelector")) return JSON.stringify(peer.raw);
  const namespaces = peer.has("namespaceSelector") ? selectorOf(peer.in("namespaceSelector")) : undefined;
  return { of: "pods", namespaces, pods: selectorOf(peer.in("podSelector")) };
}

/** Protocols that the API takes. */
const PROTOCOLS: Readonly<Record<string, number>> = { TCP: 6, UDP: 17, SCTP: 132 };

function portOf(fields: Fields): PolicyPort | string {
  const word = fields.text("protocol") ?? "TCP";
  const protocol = isUnknown(word) ? undefined : PROTOCOLS[word];
  const port = fields.raw["port"];
  if (protocol === undefined) return JSON.stringify(fields.raw);
  if (port === undefined || port === null) return { protocol, ports: [0, 65_535] };
  if (typeof port === "string") return { protocol, ports: { name: port } };
  const last = fields.number("endPort") ?? port;
  return typeof port === "number" && typeof last === "number"
    ? { protocol, ports: [port, last] }
    : JSON.stringify(fields.raw);
}

const LABELS = {};

/** Whether a peer of a policy is a pod. */
export function meansPod(estate: Estate, policy: NetworkPolicy, peer: PolicyPeer, pod: Pod): boolean {
  if (peer.of !== "pods" || !selects(peer.pods, pod.labels)) return false;
  if (peer.namespaces === undefined) return pod.namespace === policy.namespace;
  return selects(peer.namespaces, labelsOf(estate, pod.namespace));
}

/** Labels of a namespace, with the one that Kubernetes gives every namespace. */
function labelsOf(estate: Estate, namespace: string): ReadonlyMap<string, string> {
  const all = estate.once(LABELS, () => {
    const found = new Map<string, ReadonlyMap<string, string>>();
    for (const { name, body } of objectsOf(estate, "Namespace", "")) {
      const metadata = body["metadata"];
      const labels =
        typeof metadata === "object" && metadata !== null && "labels" in metadata ? metadata["labels"] : {};
      found.set(name, new Map(Object.entries(labels ?? {}).map(([key, value]) => [key, String(value)])));
    }
    return found;
  });
  return new Map([...(all.get(namespace) ?? []), ["kubernetes.io/metadata.name", namespace]]);
}

/** Everybody, where a rule names nobody. */
export const everybody: PolicyPeer = { of: "addresses", addresses: everywhere };
