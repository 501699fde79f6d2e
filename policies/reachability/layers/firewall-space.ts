import { everywhere } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import { bothDomains, type Domain, shownDomain } from "../../model/network/egress/domain.ts";
import { firewallsByResource, type NetworkFirewall } from "../../model/network/egress/firewalls.ts";
import { dropsTheRest, isDrop, isPass } from "../../model/network/egress/pairing.ts";
import type { FirewallRule } from "../../model/network/egress/rules.ts";
import type { Resource } from "../../model/terraform/resource.ts";
import { isUnknown, known } from "../../model/value.ts";
import { allOf, everyService, portServices, protocolServices, type Services, service } from "../space/services.ts";
import { box, everyPacket, intersectSpaces, noPacket, type Space, subtractSpaces } from "../space/space.ts";

/** Packets that a network firewall lets through only to servers of a name. */
export interface NamedPass {
  readonly packets: Space;
  readonly domain: Domain;
  readonly rule: FirewallRule;
}

/** What a network firewall lets through. */
export interface FirewallSpace {
  /** Whatever they carry. */
  readonly free: Space;
  /** To servers of a name, where the rest is dropped. */
  readonly named: readonly NamedPass[];
}

const READ = {};

/** What a firewall lets through; one that outputs do not show lets everything through. */
export function firewallSpace(estate: Estate, resource: Resource): FirewallSpace {
  const read = estate.once(READ, () => new Map<Resource, FirewallSpace>());
  const firewall = firewallsByResource(estate).get(resource);
  const found = read.get(resource) ?? (firewall === undefined ? OPEN : spaceOf(firewall));
  read.set(resource, found);
  return found;
}

const OPEN: FirewallSpace = { free: everyPacket, named: [] };

function spaceOf(firewall: NetworkFirewall): FirewallSpace {
  const { stateless, statelessGroups, unknown, rules } = firewall;
  if (unknown.length > 0 || statelessGroups > 0 || !stateless.every((each) => each === "aws:forward_to_sfe"))
    return OPEN;
  const ordered = firewall.order === "strict" ? rules : [...rules.filter(isPass), ...rules.filter(isDrop)];
  const early = ordered.filter((rule) => rule.phase !== "established" && isOfHandshake(rule));
  const late = ordered.filter((rule) => rule.phase !== "handshake");
  const opened = passed(firewall, early, !firewall.defaults.includes("aws:drop_strict"));
  const free = passed(firewall, late, !dropsTheRest(firewall));
  const named = late.flatMap((rule, at): readonly NamedPass[] => {
    if (!isPass(rule) || rule.domain === undefined) return [];
    const stopped = firewall.order === "strict" ? late.slice(0, at).filter(stopsAll).flatMap(packetsOf) : noPacket;
    const packets = subtractSpaces(intersectSpaces(packetsOf(rule), opened), stopped);
    return packets.length === 0 ? [] : [{ packets, domain: rule.domain, rule }];
  });
  return { free: intersectSpaces(free, opened), named };
}

/** A drop that looks at nothing but the header. */
const stopsAll = (rule: FirewallRule): boolean =>
  isDrop(rule) && rule.domain === undefined && rule.conditions.length === 0;

/** Rules that decide on a connection's first packets: those that look at what it carries come later. */
const isOfHandshake = ({ domain, conditions, protocol }: FirewallRule): boolean =>
  domain === undefined && conditions.length === 0 && !(protocol in CARRIED);

/** What rules pass in their order, whatever it carries: a drop on a condition stops nothing for sure. */
function passed(firewall: NetworkFirewall, rules: readonly FirewallRule[], rest: boolean): Space {
  let left: Space = everyPacket;
  const found: Space[] = [];
  for (const rule of rules) {
    if (rule.domain !== undefined || known(rule.action) === "alert") continue;
    const packets = packetsOf(rule);
    if (isPass(rule)) found.push(intersectSpaces(left, packets));
    // A pass, too, decides: no later rule is asked.
    const decides = isPass(rule) || (rule.conditions.length === 0 && firewall.order === "strict");
    if (decides) left = subtractSpaces(left, packets);
  }
  return rest ? [...found.flat(), ...left] : found.flat();
}

/** Protocols of applications, by what carries them. */
const CARRIED: Readonly<Record<string, Services>> = {
  tls: protocolServices(6),
  ssl: protocolServices(6),
  http: protocolServices(6),
  http2: protocolServices(6),
  smtp: protocolServices(6),
  ssh: protocolServices(6),
  ftp: protocolServices(6),
  quic: protocolServices(17),
  dns: allOf([service("tcp", 53), service("udp", 53)]),
};

const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };

/** Packets that a rule's header is for; what it does not say is all. */
function packetsOf({ protocol, source, destination, ports }: FirewallRule): Space {
  const from = isUnknown(source) ? everywhere : source;
  const to = isUnknown(destination) ? everywhere : destination;
  const number = NUMBERS[protocol];
  const all = number === undefined ? (CARRIED[protocol] ?? everyService) : protocolServices(number);
  const wanted = isUnknown(ports) ? all : withPorts(all, ports);
  return wanted.length === 0 ? noPacket : [box({ from, to, services: wanted })];
}

/** Of TCP and UDP some ports; other protocols have none. */
function withPorts(services: Services, ports: readonly number[]): Services {
  const wanted = allOf([
    portServices(6, ports),
    portServices(17, ports),
    [0, 6 * 65_536 - 1],
    [7 * 65_536, 17 * 65_536 - 1],
    [18 * 65_536, 256 * 65_536 - 1],
  ]);
  return intersectSpaces([box({ services })], [box({ services: wanted })])[0]?.services ?? [];
}

/** What firewalls on one way let through together: to a server only where each of them passes its name, or whatever it is. */
export function inSeries(all: readonly FirewallSpace[]): FirewallSpace {
  return all.reduce(
    (before, next) => ({
      free: intersectSpaces(before.free, next.free),
      named: [
        ...narrowed(before.named, next.free),
        ...narrowed(next.named, before.free),
        ...before.named.flatMap((one) => next.named.flatMap((other) => both(one, other))),
      ],
    }),
    OPEN,
  );
}

const narrowed = (named: readonly NamedPass[], packets: Space): readonly NamedPass[] =>
  named.flatMap((each) => {
    const left = intersectSpaces(each.packets, packets);
    return left.length === 0 ? [] : [{ ...each, packets: left }];
  });

function both(one: NamedPass, other: NamedPass): readonly NamedPass[] {
  const domain = bothDomains(one.domain, other.domain);
  return domain === undefined ? [] : narrowed([{ ...one, domain }], other.packets);
}

export const shownName = ({ domain }: NamedPass): string => shownDomain(domain);
