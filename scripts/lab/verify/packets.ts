import { addressIn } from "../cloud/addresses.ts";
import { gatewayOf, LINK_LOCAL, WORLD } from "../cloud/network.ts";
import type { Lab } from "../hosts.ts";
import { inside } from "../namespace.ts";
import { run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { type Declared, declaredIn, picked, samplePorts } from "./expected.ts";
import { type Outcome, type Probe, probeFrom, type Source } from "./probe.ts";

/** How many ports are tried of a kind, others for each pair of addresses. */
interface Sample {
  /** Of those that no machine should answer on. */
  readonly forbidden: number;
  /** Of all. */
  readonly any: number;
  /** Of all, by UDP: a port that a packet reaches and nobody serves refuses it, for some packets a second. */
  readonly datagrams: number;
}

/** Tried beside every port of the catalogue: between two hosts, and between a host and anything else, of which there are many. */
const SAMPLE = {
  hosts: { forbidden: Number.POSITIVE_INFINITY, any: 128, datagrams: 32 },
  others: { forbidden: 24, any: 32, datagrams: 8 },
} as const;
/** The last of a subnet's addresses that AWS lets anybody have; nothing of the catalogue is there. */
const NEIGHBOUR = 1000;
/** How long one that listens may take when the machine is busy. */
const PATIENT = 8;

interface Tried {
  readonly from: string;
  readonly to: string;
  readonly probe: Probe;
  readonly outcome: Outcome;
}

/** What is tried: from each of these to each of those, which ports beside the declared ones, and what a declared one must answer. */
interface Round {
  readonly sources: readonly Source[];
  readonly targets: readonly string[];
  readonly sample: Sample;
  readonly wanted: (one: Tried) => boolean;
}

/** TCP ports to try between two addresses. */
export function portsBetween(
  from: string,
  to: string,
  sample: Sample,
  { ports, forbidden }: Declared,
): readonly number[] {
  const pair = `${from} ${to}`;
  const some = sample.forbidden < forbidden.length ? picked(pair, sample.forbidden, forbidden) : forbidden;
  return [...new Set([...ports, ...some, ...samplePorts(pair, sample.any)])];
}

/** UDP ports to try between two addresses. */
export const datagramsBetween = (
  from: string,
  to: string,
  sample: Sample,
  { datagrams }: Declared,
): readonly number[] => [...new Set([...datagrams, ...samplePorts(`${from} ${to} by udp`, sample.datagrams)])];

/** Tries every port of the catalogue and samples of all others from one address to many. */
async function tryAll(
  lab: Lab,
  from: Source,
  { targets, sample }: Round,
  declared: Declared,
): Promise<readonly Tried[]> {
  const probes = targets
    .filter((to) => to !== from.address)
    .flatMap((to): readonly Probe[] => [
      ...portsBetween(from.address, to, sample, declared).map((port): Probe => ["tcp", to, port]),
      ...datagramsBetween(from.address, to, sample, declared).map((port): Probe => ["udp", to, port]),
    ]);
  const outcomes = await probeFrom(lab, from, probes);
  return probes.map((probe, index) => ({
    from: from.address,
    to: probe[1],
    probe,
    outcome: outcomes[index] ?? "silent",
  }));
}

const key = ({ from, to, probe: [protocol, , port] }: Tried): string => `${from} to ${to}:${port}/${protocol}`;

/** What passed and must not; of what must and did not, one more try shows whether the machine was only slow. */
async function judge(
  lab: Lab,
  from: Source,
  tried: readonly Tried[],
  { allows }: Declared,
  wanted: (one: Tried) => boolean,
): Promise<readonly string[]> {
  const isAllowed = ({ from: source, to, probe: [protocol, , port] }: Tried) => allows(source, to, protocol, port);
  const leaks = tried.filter((one) => one.outcome !== "silent" && !isAllowed(one));
  const missing = tried.filter((one) => isAllowed(one) && !wanted(one));
  const again = await probeFrom(
    lab,
    from,
    missing.map(({ probe }) => probe),
    PATIENT,
  );
  const lost = missing
    .map((one, index) => ({ ...one, outcome: again[index] ?? "silent" }))
    .filter((one) => !wanted(one));
  return [
    ...leaks.map((one) => `${key(one)}: ${one.outcome}, but nothing declares it`),
    ...lost.map((one) => `${key(one)}: ${one.outcome}, but it is declared`),
  ];
}

const isOpen = ({ outcome }: Tried) => outcome === "open";
const passed = ({ outcome }: Tried) => outcome !== "silent";

/** An address in each subnet of the first zone that nothing of the catalogue has; the cloud gets them for as long as it takes. */
async function withNeighbours<Value>(lab: Lab, work: (addresses: readonly string[]) => Promise<Value>): Promise<Value> {
  const { environment, network } = lab.plan.estate;
  const addresses = network.subnets
    .filter(({ zone, tier }) => zone === environment.zones[0] || tier === "public")
    .map(({ cidr }) => addressIn(cidr, NEIGHBOUR));
  const change = (word: "add" | "del") =>
    run(
      "nsenter",
      [...inside(lab.pid), "ip", "-netns", "cloud", "-force", "-batch", "-"],
      addresses.map((address) => `address ${word} ${address}/32 dev vpc\n`).join(""),
    );
  await change("add");
  try {
    return await work(addresses);
  } finally {
    await change("del");
  }
}

/** Everything that is not a host of this lab: hosts of other services, neighbours in each subnet, the internet. */
export const withOutsiders = <Value>(lab: Lab, work: (outside: readonly Source[]) => Promise<Value>): Promise<Value> =>
  withNeighbours(lab, (strangers) =>
    work(
      [...lab.plan.absent.map(({ address }) => address), ...strangers, WORLD.cloud].map((address) => ({
        address,
        source: address,
      })),
    ),
  );

/** Runs the tries of all sources side by side, and judges them. */
async function play(lab: Lab, round: Round): Promise<string> {
  const declared = declaredIn(lab.plan);
  const results = await Promise.all(
    round.sources.map(async (from) => {
      const tried = await tryAll(lab, from, round, declared);
      return { tried, findings: await judge(lab, from, tried, declared, round.wanted) };
    }),
  );
  demandNone(results.flatMap(({ findings }) => findings));
  const all = results.flatMap(({ tried }) => tried);
  const open = all.filter(({ from, to, probe: [protocol, , port] }) => declared.allows(from, to, protocol, port));
  const over = Map.groupBy(open, ({ probe: [protocol] }) => protocol);
  const shown = (["tcp", "udp"] as const).map((protocol) => `${over.get(protocol)?.length ?? 0} by ${protocol}`);
  return `${all.length} tries, declared and open: ${shown.join(", ")}; all others silent`;
}

const hostAddresses = ({ plan }: Lab): readonly string[] => plan.hosts.map(({ address }) => address);

/** Between hosts, every pair both ways. */
export const listeners: Check = {
  name: "listeners",
  proves: "every declared listener is open to its declared peers and to no other host, both ways (BRK-3.2, BRK-14.2)",
  run: (lab) =>
    play(lab, { sources: lab.plan.hosts, targets: hostAddresses(lab), sample: SAMPLE.hosts, wanted: isOpen }),
};

/** From everything that is not a host of this lab: the firewall of the target alone decides. */
export const ingress: Check = {
  name: "ingress",
  proves: "load balancers, scrapers, neighbours and outsiders reach exactly what is declared (BRK-3.2, BRK-14.2)",
  run: (lab) =>
    withOutsiders(lab, (sources) =>
      play(lab, { sources, targets: hostAddresses(lab), sample: SAMPLE.others, wanted: isOpen }),
    ),
};

/** To everything that is not a host of this lab: the firewall of the source alone decides. */
export const egress: Check = {
  name: "egress",
  proves: "hosts reach the declared endpoints, services and names, and nothing else (BRK-15.1, BRK-14.2)",
  run: (lab) =>
    withNeighbours(lab, (strangers) => {
      const { estate, absent, hosts } = lab.plan;
      const endpoints = Object.values(estate.network.endpointAddresses).flatMap((zones) => Object.values(zones));
      const targets = [
        ...endpoints,
        ...absent.map(({ address }) => address),
        ...strangers,
        ...new Set(hosts.map(({ subnet }) => gatewayOf(lab.plan, subnet))),
        ...[WORLD.anywhere, ...LINK_LOCAL],
      ];
      return play(lab, { sources: hosts, targets, sample: SAMPLE.others, wanted: passed });
    }),
};
