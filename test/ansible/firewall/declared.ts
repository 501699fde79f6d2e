import { type Index, indexOf } from "../../../scripts/start/index-file.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { type Estate, resolveEstate } from "../../../services/resolve.ts";

/** What a host may and may not do by the declared flows, read from the index alone: no code of the firewalls'. */

export type IndexedEnvironment = Index["environments"][number];

/** An environment as `resolve()` gives it, and as readers of the index see it. */
export interface Declared {
  readonly estate: Estate;
  readonly environment: IndexedEnvironment;
}

export const declared: readonly Declared[] = catalogue.environments.map((each) => {
  const estate = resolveEstate(catalogue, each);
  const [environment] = indexOf(catalogue, [estate], []).environments;
  if (environment === undefined) throw new Error(`no environment ${each.name}`);
  return { estate, environment };
});

/** Fixed addresses of AWS' own services: numbers of the interface endpoints in each subnet that has them. */
const ENDPOINTS: Readonly<Record<string, readonly number[]>> = {
  management: [11, 12],
  secrets: [13, 14],
  telemetry: [15, 16],
  certificates: [17],
  storage: [10],
  mail: [22],
};
const HYPERVISOR: Readonly<Record<string, string>> = {
  resolver: "169.254.169.253",
  time: "169.254.169.123",
  "host-identity": "169.254.169.254",
};

const numberOf = (address: string): number => address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);

/** Says of an address whether it lies in a range. */
function inRange(range: string): (address: string) => boolean {
  const [network = "", length] = range.split("/");
  const size = 2 ** (32 - Number(length));
  const wanted = Math.floor(numberOf(network) / size);
  return (address) => Math.floor(numberOf(address) / size) === wanted;
}

const inOneOf = (ranges: readonly string[]): ((address: string) => boolean) => {
  const each = ranges.map(inRange);
  return (address) => each.some((contains) => contains(address));
};

const oneOf = (addresses: readonly string[]): ((address: string) => boolean) => {
  const known = new Set(addresses);
  return (address) => known.has(address);
};

/** The address so many after the first of a range. */
const nth = (range: string, offset: number): string => {
  const value = numberOf(range.split("/")[0] ?? "") + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
};

export interface IndexedHost {
  readonly party: string;
  readonly address: string;
  readonly subnet: string;
}

export const hostsOf = ({ services }: IndexedEnvironment): readonly IndexedHost[] =>
  services.flatMap((service) =>
    [...service.components, ...service.stores].flatMap((group) =>
      group.hosts.map(({ address, subnet }) => ({ party: `${service.name}/${group.name}`, address, subnet })),
    ),
  );

type IsOf = (address: string) => boolean;

function isPlatform({ name: of, subnets }: IndexedEnvironment, name: string, host: IndexedHost): IsOf {
  if (name === "cluster") return inOneOf(subnets.flatMap(({ service, cidr }) => (service === "cluster" ? [cidr] : [])));
  if (name === "lease") return oneOf(subnets.flatMap((each) => (each.name === host.subnet ? [nth(each.cidr, 1)] : [])));
  if (!name.startsWith("endpoint-")) return oneOf([HYPERVISOR[name] ?? "nowhere"]);
  const numbers = ENDPOINTS[name.slice("endpoint-".length)] ?? [];
  // Production has endpoints in every zone, the others in the first (ADR 21).
  const zones = subnets.filter((each) => each.tier === "endpoints").slice(0, of === "production" ? 3 : 1);
  return oneOf(zones.flatMap(({ cidr }) => numbers.map((number) => nth(cidr, 512 + number))));
}

/** Says of an address whether it may be that of a party, seen from a host. */
function isOf(environment: IndexedEnvironment, party: string, host: IndexedHost): IsOf {
  const [owner = "", name = ""] = party.split("/");
  if (owner === "platform") return isPlatform(environment, name, host);
  const standing = hostsOf(environment).filter((each) => each.party === party);
  if (standing.length > 0) return oneOf(standing.map(({ address }) => address));
  const service = environment.services.find((each) => each.name === owner);
  const tierOf = () => {
    if (service?.entrypoints.some((each) => each.name === name)) return ["public", undefined] as const;
    if (service?.stores.some((each) => each.name === name)) return ["data", undefined] as const;
    return ["app", owner] as const;
  };
  const [tier, of] = tierOf();
  return inOneOf(
    environment.subnets.filter((each) => each.tier === tier && each.service === of).map(({ cidr }) => cidr),
  );
}

const isInside = inOneOf(["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]);

/** What says which ports the flows open between a host and an address: `tcp/8000`. */
export function opener(
  environment: IndexedEnvironment,
  host: IndexedHost,
  direction: "input" | "output",
): (address: string) => readonly string[] {
  const [near, far] = direction === "input" ? (["to", "from"] as const) : (["from", "to"] as const);
  const flows = [...environment.services.flatMap((service) => service.flows), ...environment.flows].filter(
    (flow) => flow.transport !== "loopback" && flow[near] === host.party,
  );
  const parties = [...Map.groupBy(flows, (flow) => flow[far])].map(
    ([party, each]) => [isOf(environment, party, host), each] as const,
  );
  const names = environment.services
    .flatMap((service) => service.egress)
    .filter(({ from }) => direction === "output" && from === host.party);
  return (address) => {
    const open = parties
      .filter(([isTheirs]) => isTheirs(address))
      .flatMap(([, each]) => each.flatMap(({ protocol, ports }) => ports.map((port) => `${protocol}/${port}`)));
    return [...new Set([...open, ...(!isInside(address) ? names.map(({ port }) => `tcp/${port}`) : [])])].sort();
  };
}

/** Addresses worth asking about: every host, endpoint and service of the hypervisor, some of every part of the network, some outside. */
export const addressesOf = (environment: IndexedEnvironment): readonly string[] => [
  ...new Set([
    ...hostsOf(environment).map(({ address }) => address),
    ...environment.subnets.flatMap(({ cidr }) =>
      [1, 2, 77, 511, 512, 523, 600, 1022].map((number) => nth(cidr, number)),
    ),
    ...environment.subnets
      .filter(({ tier }) => tier === "endpoints")
      .flatMap(({ cidr }) => Array.from({ length: 16 }, (_, index) => nth(cidr, 520 + index))),
    ...Array.from({ length: 256 }, (_, index) => nth(environment.cidr, index * 256 + 77)),
    ...Object.values(HYPERVISOR),
    ...["169.254.170.23", "169.254.169.250", "8.8.8.8", "198.51.100.7", "203.0.113.17", "192.168.1.1", "172.31.0.2"],
  ]),
];
