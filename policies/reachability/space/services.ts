import {
  coversRanges,
  intersectRanges,
  numbers,
  overlapRanges,
  type Ranges,
  subtractRanges,
  unionRanges,
} from "../../model/ranges.ts";

/**
 * Protocols with their ports, on one line: a protocol's number times 65,536 plus the port. Protocols without ports take
 * the whole of their stretch, ICMP its types.
 */
export type Services = Ranges<number>;

const STRETCH = 65_536;

/** Numbers of IANA's registry that firewalls name. */
const NUMBERS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  "ipv6-icmp": 58,
  sctp: 132,
  udplite: 136,
};

export const everyService: Services = [0, 256 * STRETCH - 1];
export const noService: Services = [];

/** A protocol by name or number. */
export function protocolNumber(name: string): number | undefined {
  const known = NUMBERS[name.toLowerCase()];
  if (known !== undefined) return known;
  const number = Number(name);
  return /^\d{1,3}$/.test(name) && number < 256 ? number : undefined;
}

/** All ports of a protocol. */
export const protocolServices = (number: number): Services => [number * STRETCH, number * STRETCH + STRETCH - 1];

/** Ports of a protocol: flat list of ranges. */
export const portServices = (number: number, ports: Ranges<number>): Services =>
  ports.map((port) => number * STRETCH + port);

/** One port of TCP or UDP. */
export const service = (protocol: "tcp" | "udp", first: number, last: number = first): Services =>
  portServices(protocol === "tcp" ? 6 : 17, [first, last]);

export const allOf = (sets: readonly Services[]): Services => unionRanges(numbers, sets);
export const both = (a: Services, b: Services): Services => intersectRanges(a, b);
export const without = (all: Services, less: Services): Services => subtractRanges(numbers, all, less);
export const servicesCover = (all: Services, part: Services): boolean => coversRanges(all, part);
export const servicesMeet = (a: Services, b: Services): boolean => overlapRanges(a, b);

/** Ephemeral ports that any client may use, whatever its system: 1024-65535, which a NAT gateway and a load balancer use. */
export const ephemeral = (protocol: number): Services => portServices(protocol, [1024, 65_535]);

/** The protocol's number and the port of one point. */
export const protocolAndPort = (point: number): { readonly protocol: number; readonly port: number } => ({
  protocol: Math.floor(point / STRETCH),
  port: point % STRETCH,
});

const NAMES = new Map(Object.entries({ icmp: 1, tcp: 6, udp: 17, icmpv6: 58 }).map(([name, number]) => [number, name]));

export const protocolName = (number: number): string => NAMES.get(number) ?? `protocol ${number}`;

/** `tcp 443`, `tcp 1024-65535`, `udp`, `every protocol`; beyond some, how many more. */
export function shownServices(services: Services, most = 6): string {
  if (services.length === 0) return "nothing";
  if (servicesCover(services, everyService)) return "every protocol";
  const found: string[] = [];
  for (let at = 0; at < services.length; at += 2)
    found.push(...shownRange(Number(services[at]), Number(services[at + 1])));
  return found.length <= most ? found.join(", ") : `${found.slice(0, most).join(", ")} and ${found.length - most} more`;
}

function shownRange(first: number, last: number): readonly string[] {
  const [from, to] = [protocolAndPort(first), protocolAndPort(last)];
  if (from.protocol === to.protocol) return [shownPorts(from.protocol, from.port, to.port)];
  const middle = to.protocol - from.protocol - 1;
  return [
    shownPorts(from.protocol, from.port, STRETCH - 1),
    ...(middle > 0 ? [`protocols ${from.protocol + 1}-${to.protocol - 1}`] : []),
    shownPorts(to.protocol, 0, to.port),
  ];
}

function shownPorts(protocol: number, first: number, last: number): string {
  if (first === 0 && last === STRETCH - 1) return protocolName(protocol);
  return `${protocolName(protocol)} ${first === last ? first : `${first}-${last}`}`;
}
