import { lease, linkLocal } from "../../services/platform.ts";
import {
  type Estate,
  type Host,
  INSIDE,
  placeKinds,
  placeOf,
  type ResolvedFlow,
  routerAddress,
} from "../../services/resolve.ts";
import { ROOT, roleAccounts } from "./accounts.ts";

/** Addresses under the name of who has them. */
export interface Peers {
  readonly name: string;
  /** Sorted addresses, or ranges. */
  readonly elements: readonly string[];
  /** True: every address but these. */
  readonly except: boolean;
}

/** One port that is open between a host and others. */
export interface Opening {
  readonly direction: "in" | "out";
  readonly peers: Peers;
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** Of the flow, or the caller and what it reaches. */
  readonly id: string;
  readonly why: string;
  /** Numbers of the accounts that may; absent: all. */
  readonly accounts?: readonly number[];
}

/** An estate, prepared for being asked of many hosts. */
export interface Outlook {
  readonly estate: Estate;
  /** Flows that pass a network, by each of their parties, in the order of the catalogue. */
  readonly flows: ReadonlyMap<string, readonly ResolvedFlow[]>;
  /** Sorted addresses or ranges of a party; undefined when nobody knows where it stands. */
  elementsOf(party: string): readonly string[] | undefined;
}

/** Prepares an estate. */
export function outlookOn(estate: Estate): Outlook {
  const flows = new Map<string, ResolvedFlow[]>();
  for (const flow of [...estate.services.flatMap((service) => service.flows), ...estate.flows]) {
    if (flow.transport === "loopback") continue;
    for (const party of new Set([flow.from, flow.to])) flows.set(party, [...(flows.get(party) ?? []), flow]);
  }
  const known = new Map<string, readonly string[] | undefined>();
  const elementsOf = (party: string) => {
    if (!known.has(party)) {
      const place = placeOf(estate, party);
      known.set(party, place && sorted("addresses" in place ? place.addresses : place.ranges));
    }
    return known.get(party);
  };
  return { estate, flows, elementsOf };
}

const order = (address: string): number =>
  address.split(/[./]/).reduce((sum, part, index) => (index < 4 ? sum * 256 + Number(part) : sum), 0);
const sorted = (addresses: readonly string[]) =>
  [...new Set(addresses)].sort((one, other) => order(one) - order(other));

/** Where the far end of a flow stands, without the host itself: what it says to itself passes no network. */
function peersOf({ estate, elementsOf }: Outlook, host: Host, { id }: ResolvedFlow, party: string): Peers {
  const all = party === lease.owner ? routerOf(estate, host) : elementsOf(party);
  if (all === undefined) throw new Error(`${id}: must lead to what has addresses (${placeKinds}), got ${party}`);
  return { name: party, elements: all.filter((address) => address !== host.address), except: false };
}

/** The router of a host's own subnet. */
function routerOf({ network }: Estate, host: Host) {
  const subnet = network.subnets.find(({ name }) => name === host.subnet);
  return subnet && [routerAddress(subnet)];
}

/** What the hypervisor gives for the asking is for those alone who need it: credentials of the role. */
function accountsFor(estate: Estate, host: Host, to: string): Pick<Opening, "accounts"> {
  if (to !== linkLocal.hostIdentity.listener.owner) return {};
  const resolved = estate.services.find(({ hosts }) => hosts.includes(host));
  const others = resolved === undefined ? [] : roleAccounts(estate, resolved, host.group);
  return { accounts: [ROOT, ...others.map(({ uid }) => uid)] };
}

/** Names on the internet have any address outside; which names, the firewall of the network sees (ADR 12). One opening a port. */
function namesOutside({ services }: Estate, { party }: Host): readonly Opening[] {
  const egress = services.flatMap((service) => service.egress).filter(({ from }) => from === party);
  return [...Map.groupBy(egress, ({ port }) => port)].map(([port, names]) => ({
    direction: "out",
    peers: { name: "inside", elements: INSIDE, except: true },
    protocol: "tcp",
    port,
    id: `${party}->outside/internet:${port}`,
    why: names.map(({ domain, why }) => `${domain}: ${why}`).join("; "),
  }));
}

/** Every port that is open between a host and others, both ways, in the order of the catalogue. */
export function openingsOf(outlook: Outlook, host: Host): readonly Opening[] {
  const { estate } = outlook;
  const flows = outlook.flows.get(host.party) ?? [];
  const opening = (direction: Opening["direction"], flow: ResolvedFlow): Opening => {
    const { id, protocol, port, why } = flow;
    const peers = peersOf(outlook, host, flow, direction === "in" ? flow.from : flow.to);
    const accounts = direction === "out" ? accountsFor(estate, host, flow.to) : {};
    return { direction, peers, protocol, port, id, why, ...accounts };
  };
  return [
    ...flows.filter(({ to }) => to === host.party).map((flow) => opening("in", flow)),
    ...flows.filter(({ from }) => from === host.party).map((flow) => opening("out", flow)),
    ...namesOutside(estate, host),
  ].filter(({ peers }) => peers.elements.length > 0);
}
