import ipaddr from "ipaddr.js";
import { administrativePorts } from "../../../policies/model/network/administrative-ports.ts";
import { TCP, UDP } from "../../../policies/model/network/protocol.ts";
import type { PortSet } from "../../../policies/model/ports.ts";
import { clusterListeners, endpoints, lease, linkLocal } from "../../../services/platform.ts";
import { type Estate, placeOf, type ResolvedFlow, routerAddress } from "../../../services/resolve.ts";
import { listeners } from "../../../services/schema/component.ts";
import type { LabPlan } from "../plan.ts";

/** Everything that is declared in an environment, prepared for being asked of addresses. */
export interface Declared {
  /**
   * Whether the catalogue lets one address call another: as a host of a party, or as what AWS places in its subnets. A host
   * of the lab is only what it is: that others may reach a file system somewhere in its subnet opens nothing on it.
   */
  readonly allows: (from: string, to: string, protocol: "tcp" | "udp", port: number) => boolean;
  /** Every TCP port that anything in the catalogue listens on, on loopback too, or is called at. */
  readonly ports: readonly number[];
  /** Every other TCP port that no machine should answer on: as policies name them, and some more. */
  readonly forbidden: readonly number[];
  /** Both of UDP. */
  readonly datagrams: readonly number[];
}

/** Known programs that no policy names: mail, SNMP, SSH beside its port, Erlang, development servers, Elasticsearch, VPN, names. */
const KNOWN = {
  tcp: [25, 161, 465, 2222, 4369, 5000, 8081, 9200],
  udp: [68, 443, 500, 1194, 4500, 4789, 5353],
} as const;

/** Of a longer range its ends are tried: what lies between is left to the sample of all ports. */
const LONG = 20;

/** Ports of a set one by one. */
const portsIn = (set: PortSet): readonly number[] =>
  set.flatMap((first, at) => {
    const last = set[at + 1];
    if (at % 2 === 1 || last === undefined) return [];
    return last - first < LONG ? Array.from({ length: last - first + 1 }, (_, step) => first + step) : [first, last];
  });

const forbiddenOver = (protocol: "tcp" | "udp"): readonly number[] => [
  ...KNOWN[protocol],
  ...administrativePorts.flatMap(([over, set]) => (over === { tcp: TCP, udp: UDP }[protocol] ? portsIn(set) : [])),
];

/** Every port that the catalogue knows, of its services and of the platform. */
function declaredOver({ services, flows }: Estate, protocol: "tcp" | "udp"): readonly number[] {
  const owners = services.flatMap(({ service }) => [...service.components, ...service.stores]);
  const all = [
    ...owners.flatMap((owner) => ("listens" in owner ? listeners(owner) : [])),
    ...Object.values(endpoints),
    ...Object.values(linkLocal).map(({ listener }) => listener),
    ...Object.values(clusterListeners),
    lease,
    ...services.flatMap((service) => service.flows),
    ...flows,
    ...services.flatMap((service) => service.egress.map(({ port }) => ({ port, protocol: "tcp" }))),
  ];
  return unique(all.filter((each) => each.protocol === protocol).map(({ port }) => port));
}

const unique = (ports: readonly number[]): readonly number[] => [...new Set(ports)].sort((one, other) => one - other);

const within = (address: string, range: string): boolean => ipaddr.parse(address).match(ipaddr.parseCIDR(range));

/** What the catalogue declares for the lab's environment. */
export function declaredIn({ estate, hosts }: Pick<LabPlan, "estate" | "hosts">): Declared {
  const own = new Set(hosts.map(({ address }) => address));
  const flows = [...estate.services.flatMap((service) => service.flows), ...estate.flows].filter(
    ({ transport }) => transport !== "loopback",
  );
  const places = new Map<string, (address: string) => boolean>();
  const stands = (party: string): ((address: string) => boolean) => {
    const place = placeOf(estate, party);
    if (place === undefined) return () => false;
    return "addresses" in place
      ? (address) => place.addresses.includes(address)
      : (address) => !own.has(address) && place.ranges.some((range) => within(address, range));
  };
  const isAt = (party: string, address: string): boolean => {
    const known = places.get(party) ?? stands(party);
    places.set(party, known);
    return known(address);
  };
  const byPort = Map.groupBy(flows, ({ protocol, port }) => `${protocol} ${port}`);
  // Where a lease is renewed: at the router of the subnet, which is as many parties as there are subnets.
  const isRouter = (from: string, to: string) =>
    estate.network.subnets.some((subnet) => routerAddress(subnet) === to && within(from, subnet.cidr));
  const declared = (from: string, to: string, flow: ResolvedFlow) =>
    isAt(flow.from, from) && (flow.to === lease.owner ? isRouter(from, to) : isAt(flow.to, to));
  const inner = (address: string) =>
    ["10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"].some((range) => within(address, range));
  const egress = estate.services.flatMap((service) => service.egress);
  const ports = declaredOver(estate, "tcp");
  return {
    allows: (from, to, protocol, port) =>
      (byPort.get(`${protocol} ${port}`) ?? []).some((flow) => declared(from, to, flow)) ||
      (protocol === "tcp" && !inner(to) && egress.some((each) => each.port === port && isAt(each.from, from))),
    ports,
    forbidden: unique(forbiddenOver("tcp")).filter((port) => !ports.includes(port)),
    datagrams: unique([...declaredOver(estate, "udp"), ...forbiddenOver("udp")]),
  };
}

/** Some of these ports, picked by a seed. */
export const picked = (seed: string, count: number, ports: readonly number[]): readonly number[] =>
  samplePorts(seed, count).flatMap((number) => ports[number % ports.length] ?? []);

/** Ports from 1 to 65535 that a seed picks, the same each time, so that a finding can be found again. */
export function samplePorts(seed: string, count: number): readonly number[] {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), 2166136261);
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 1 + Math.floor((state / 2 ** 32) * 65535);
  });
}
