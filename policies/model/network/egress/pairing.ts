import { type AddressSet, covers, overlaps } from "../../addresses.ts";
import {
  coversPorts,
  hasPort,
  intersectPorts,
  overlapPorts,
  type PortSet,
  subtractPorts,
  unionPorts,
} from "../../ports.ts";
import { isUnknown } from "../../value.ts";
import { matchesDomain } from "./domain.ts";
import type { NetworkFirewall } from "./firewalls.ts";
import type { FirewallRule } from "./rules.ts";

const DROPS = new Set(["drop", "reject", "rejectsrc", "rejectdst", "rejectboth"]);

/** Whether a rule stops packets. */
export const isDrop = ({ action }: FirewallRule): boolean => !isUnknown(action) && DROPS.has(action);

/** Whether it lets them through; one whose action is not known may. An alert does neither. */
export const isPass = (rule: FirewallRule): boolean => rule.action !== "alert" && !isDrop(rule);

/** Whether what no rule is for is dropped. */
export const dropsTheRest = ({ order, defaults, rules }: NetworkFirewall): boolean =>
  (order === "strict" && defaults.some((each) => !isUnknown(each) && each.startsWith("aws:drop_"))) ||
  rules.some((rule) => isDrop(rule) && rule.protocol === "ip" && isForAll(rule));

/** A rule for every packet of its protocol. */
const isForAll = (rule: FirewallRule): boolean =>
  rule.domain === undefined &&
  rule.phase !== "handshake" &&
  rule.conditions.length === 0 &&
  !isUnknown(rule.source) &&
  !isUnknown(rule.destination) &&
  !isUnknown(rule.ports) &&
  [...rule.source.v4, ...rule.destination.v4].join() === "0,4294967295,0,4294967295" &&
  coversPorts(rule.ports, [0, 65_535]);

/** Rules that let anything through whatever name the server has, a handshake aside. */
export const unpaired = (firewall: NetworkFirewall): readonly FirewallRule[] =>
  firewall.rules.filter(
    (rule, at) =>
      isPass(rule) &&
      rule.phase !== "handshake" &&
      rule.domain?.match !== "exact" &&
      rule.domain?.match !== "below" &&
      !isStopped(firewall, at),
  );

/** Rules that let a name through. */
export const paired = (firewall: NetworkFirewall): readonly FirewallRule[] =>
  firewall.rules.filter(
    (rule, at) =>
      isPass(rule) && rule.domain !== undefined && rule.domain.match !== "loose" && !isStopped(firewall, at),
  );

const CARRIERS: Readonly<Record<string, readonly string[]>> = {
  tls: ["tls", "tcp", "ip", "https", "ssl"],
  http: ["http", "tcp", "ip"],
  tcp: ["tcp", "ip"],
  udp: ["udp", "ip"],
};

/** Whether a rule before it stops all that it is for. Where passes come first, none does. */
function isStopped({ rules, order }: NetworkFirewall, at: number): boolean {
  const rule = rules[at];
  if (rule === undefined || order !== "strict") return false;
  const carriers = CARRIERS[rule.protocol] ?? [rule.protocol, "ip"];
  return rules.slice(0, at).some((each) => {
    if (!isDrop(each) || each.domain !== undefined || each.conditions.length > 0) return false;
    return carriers.includes(each.protocol) && isOfPhase(rule, each) && isWithin(rule, each);
  });
}

/** Names are seen only once a connection is there. */
const isOfPhase = (rule: FirewallRule, { phase }: FirewallRule): boolean =>
  phase === "any" || phase === rule.phase || (phase === "established" && rule.domain !== undefined);

/** Whether each packet of a rule is one of another, as far as addresses and ports say. */
function isWithin(rule: FirewallRule, of: FirewallRule): boolean {
  if (isUnknown(of.source) || isUnknown(of.destination) || isUnknown(of.ports)) return false;
  if (isUnknown(rule.source) || isUnknown(rule.destination) || isUnknown(rule.ports)) return false;
  return (
    covers(of.source, rule.source) && covers(of.destination, rule.destination) && coversPorts(of.ports, rule.ports)
  );
}

/** The TCP ports on which every one of these addresses reaches named servers only, where the rest is dropped. */
export function pairedPorts(firewall: NetworkFirewall, source: AddressSet): PortSet {
  if (!dropsTheRest(firewall) || firewall.unknown.length > 0 || firewall.statelessGroups > 0) return [];
  if (!firewall.stateless.every((each) => each === "aws:forward_to_sfe")) return [];
  const ports = paired(firewall).flatMap((rule) =>
    !isUnknown(rule.source) && !isUnknown(rule.ports) && covers(rule.source, source) ? [rule.ports] : [],
  );
  const open = unpaired(firewall).flatMap((rule) => {
    if (isUnknown(rule.source) || isUnknown(rule.ports)) return [[0, 65_535]];
    return overlaps(rule.source, source) ? [rule.ports] : [];
  });
  return subtractPorts(unionPorts(ports), unionPorts(open));
}

/** Whether a source can open a connection to a server of this name: a rule for it, and none that stops its handshake. */
export function opens(firewall: NetworkFirewall, source: AddressSet, domain: string, port: number): boolean {
  const named = paired(firewall).some(
    (rule) =>
      rule.domain !== undefined &&
      matchesDomain(rule.domain, domain) &&
      !isUnknown(rule.source) &&
      !isUnknown(rule.ports) &&
      covers(rule.source, source) &&
      hasPort(rule.ports, port),
  );
  return named && handshakes(firewall, source, port);
}

/** What becomes of the first packet of a connection over TCP: rules that look at names are for later ones. */
function handshakes(firewall: NetworkFirewall, source: AddressSet, port: number): boolean {
  const early = firewall.rules.filter(
    (rule) =>
      (rule.protocol === "tcp" || rule.protocol === "ip") &&
      rule.domain === undefined &&
      rule.phase !== "established" &&
      rule.conditions.length === 0 &&
      !isUnknown(rule.source) &&
      !isUnknown(rule.ports) &&
      overlaps(rule.source, source) &&
      overlapPorts(rule.ports, [port, port]) &&
      rule.action !== "alert",
  );
  const ordered = firewall.order === "strict" ? early : [...early.filter(isPass), ...early.filter(isDrop)];
  const [first] = ordered;
  if (first !== undefined) return isPass(first) && !isUnknown(first.source) && covers(first.source, source);
  return !firewall.defaults.includes("aws:drop_strict");
}

/** Ports that rules let a handshake through on, for no name that would follow. */
export function idleHandshakes(firewall: NetworkFirewall): readonly FirewallRule[] {
  const named = paired(firewall);
  return firewall.rules.filter((rule, at) => {
    if (!isPass(rule) || rule.phase !== "handshake" || isStopped(firewall, at)) return false;
    if (isUnknown(rule.source) || isUnknown(rule.ports)) return true;
    const { source, ports } = rule;
    const own = named.flatMap((each) =>
      !isUnknown(each.source) && !isUnknown(each.ports) && covers(each.source, source) ? [each.ports] : [],
    );
    return !coversPorts(unionPorts(own), intersectPorts(ports, [0, 65_535]));
  });
}
