import ipaddr from "ipaddr.js";
import { placeOf, type ResolvedFlow } from "../../../services/resolve.ts";
import { listeners } from "../../../services/schema/component.ts";
import { isHosted } from "../../../services/schema/store.ts";
import type { LabPlan } from "../plan.ts";

/** Everything that is declared in an environment, prepared for being asked of addresses. */
export interface Declared {
  /**
   * Whether the catalogue lets one address call another: as a host of a party, or as what AWS places in its subnets. A host
   * of the lab is only what it is: that others may reach a file system somewhere in its subnet opens nothing on it.
   */
  readonly allows: (from: string, to: string, protocol: "tcp" | "udp", port: number) => boolean;
  /** Every TCP port that anything in the catalogue listens on, and those that are known for other programs. */
  readonly ports: readonly number[];
  /** The same of UDP. */
  readonly datagrams: readonly number[];
}

/** Programs that must never be found by surprise: remote shells, clear text, administration, what the requirements name. */
const NOTORIOUS = [
  ...[20, 21, 22, 23, 25, 53, 80, 111, 123, 135, 139, 161, 389, 443, 445, 465, 514, 587, 636, 873],
  ...[2049, 2222, 2375, 2376, 3000, 3306, 4369, 5000, 5432, 5601, 6379, 6432, 8000, 8001, 8008, 8080, 8081, 8443],
  ...[9000, 9090, 9093, 9200, 10250, 11211, 15672, 26379, 27017, 33060],
];

/** The same of UDP. */
const NOTORIOUS_UDP = [53, 67, 68, 69, 111, 123, 137, 161, 443, 500, 514, 1194, 1900, 2049, 4500, 4789, 5353, 11211];

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
  const declared = (from: string, to: string, flow: ResolvedFlow) => isAt(flow.from, from) && isAt(flow.to, to);
  const inner = (address: string) =>
    ["10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"].some((range) => within(address, range));
  const egress = estate.services.flatMap((service) => service.egress);
  return {
    allows: (from, to, protocol, port) =>
      (byPort.get(`${protocol} ${port}`) ?? []).some((flow) => declared(from, to, flow)) ||
      (protocol === "tcp" && !inner(to) && egress.some((each) => each.port === port && isAt(each.from, from))),
    ports: [
      ...new Set([
        ...NOTORIOUS,
        ...flows.map(({ port }) => port),
        ...estate.services.flatMap(({ service }) =>
          [...service.components, ...service.stores.filter(isHosted)].flatMap(listeners).map(({ port }) => port),
        ),
      ]),
    ].sort((one, other) => one - other),
    datagrams: [
      ...new Set([...NOTORIOUS_UDP, ...flows.flatMap(({ protocol, port }) => (protocol === "udp" ? [port] : []))]),
    ],
  };
}

/** Ports from 1 to 65535 that a seed picks, the same each time, so that a finding can be found again. */
export function samplePorts(seed: string, count: number): readonly number[] {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), 2166136261);
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 1 + Math.floor((state / 2 ** 32) * 65535);
  });
}
