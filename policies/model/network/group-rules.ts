import type { Estate } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { allPorts, type PortSet, portRange } from "../ports.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { type GroupKey, groupKeyOf } from "./group-key.ts";
import { type Peers, peersOf } from "./peers.ts";
import { hasPorts, ICMP, ICMP6, type Protocol, protocolOf } from "./protocol.ts";

export type Direction = "ingress" | "egress";

/** What one rule of a security group lets through; in one form, whichever resource says it. */
export interface GroupRule {
  /** The resource that says it: the group itself, or a rule of its own. */
  readonly at: Place;
  /** Where in it: `ingress[0]`; of a rule of its own the attribute that names the peer: `cidr_ipv4`. */
  readonly path: string;
  readonly direction: Direction;
  readonly protocol: Value<Protocol>;
  /** Of TCP, UDP and SCTP: none given means all. Of others, all: they have none. */
  readonly ports: Value<PortSet>;
  /** Of ICMP: type and code, -1 for all. */
  readonly icmp: { readonly type: Value<number>; readonly code: Value<number> } | undefined;
  readonly peers: Peers;
  readonly description: Value<string> | undefined;
  /** Made by AWS with the group, and written nowhere. */
  readonly implied: boolean;
}

/** A rule, and the group that it is of. */
export interface OwnedRule {
  readonly group: GroupKey;
  readonly rule: GroupRule;
}

/** Rules that stand in a group itself. */
export function inlineRules(estate: Estate, group: Resource, own: GroupKey): readonly GroupRule[] {
  const at = placeOfResource(group);
  return (["ingress", "egress"] as const).flatMap((direction) =>
    group.block.blocks(direction).map((block, index) => {
      const peers = manyPeers(estate, block, "security_groups", own);
      return ruleOf(block, { at, path: `${direction}[${index}]`, direction, protocol: "protocol", peers });
    }),
  );
}

const PEERS = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"];
const OTHER_PEERS = ["source_security_group_id", "referenced_security_group_id", "self"];

const peerAttribute = ({ block }: Resource): string =>
  [...PEERS, ...OTHER_PEERS].find((name) => block.has(name)) ?? "peer";

/** Rules that are resources of their own, of either kind. */
export function separateRules(estate: Estate): readonly OwnedRule[] {
  const { terraform } = estate;
  const group = ({ block }: Resource): GroupKey =>
    groupKeyOf(block.text("security_group_id") ?? "", terraform, block.scope);
  const old = terraform.ofType("aws_security_group_rule").map((resource): OwnedRule => {
    const { block } = resource;
    const own = group(resource);
    const peers = manyPeers(estate, block, "source_security_group_id", own);
    const type = block.text("type");
    const at = placeOfResource(resource);
    // What a direction is not known of counts as coming in: the worse of both.
    const direction = type === "egress" ? "egress" : "ingress";
    return {
      group: own,
      rule: ruleOf(block, { at, path: peerAttribute(resource), direction, protocol: "protocol", peers }),
    };
  });
  const own = (["ingress", "egress"] as const).flatMap((direction) =>
    terraform.ofType(`aws_vpc_security_group_${direction}_rule`).map((resource): OwnedRule => {
      const at = placeOfResource(resource);
      const said = {
        at,
        path: peerAttribute(resource),
        direction,
        protocol: "ip_protocol",
        peers: onePeer(estate, resource.block),
      };
      return { group: group(resource), rule: ruleOf(resource.block, said) };
    }),
  );
  return [...old, ...own];
}

interface Said {
  readonly at: Place;
  readonly path: string;
  readonly direction: Direction;
  /** The attribute that names the protocol. */
  readonly protocol: string;
  readonly peers: Peers;
}

function ruleOf(block: Block, { at, path, direction, protocol: attribute, peers }: Said): GroupRule {
  const protocol = protocolOf(block.text(attribute));
  const [from, to] = [block.number("from_port"), block.number("to_port")];
  const isIcmp = protocol === ICMP || protocol === ICMP6;
  // Written out, for there may be hundreds of thousands.
  return {
    at,
    path,
    direction,
    protocol,
    ports: isUnknown(protocol) || (protocol !== "all" && hasPorts(protocol)) ? portsBetween(from, to) : allPorts,
    icmp: isIcmp ? { type: from ?? -1, code: to ?? -1 } : undefined,
    peers,
    description: block.text("description"),
    implied: false,
  };
}

/** Ports from one number to another. None, or -1: all; only one of both: all from it, or all up to it. */
export function portsBetween(from: Value<number> | undefined, to: Value<number> | undefined): Value<PortSet> {
  if (isUnknown(from)) return from;
  if (isUnknown(to)) return to;
  const [first, last] = [from === -1 ? 0 : (from ?? 0), to === undefined || to === -1 ? 65_535 : to];
  return portRange(Math.min(first, last), Math.max(first, last));
}

const NONE: readonly never[] = [];

/** The texts of a list, where there is one. */
const textsIn = (block: Block, name: string): readonly Value<string>[] => (block.has(name) ? block.texts(name) : NONE);

/** Peers where a rule may have many of each. */
function manyPeers(estate: Estate, block: Block, inGroups: string, own: GroupKey): Peers {
  const [four, six] = [textsIn(block, "cidr_blocks"), textsIn(block, "ipv6_cidr_blocks")];
  const others = textsIn(block, inGroups);
  const keys = others.length === 0 ? NONE : others.map((each) => groupKeyOf(each, estate.terraform, block.scope));
  const self = block.has("self") ? block.flag("self") : false;
  const groups = self === undefined || self === false ? keys : [...keys, own];
  return peersOf(estate, block, six.length === 0 ? four : [...four, ...six], textsIn(block, "prefix_list_ids"), groups);
}

/** Peers where a rule has just one. */
function onePeer(estate: Estate, block: Block): Peers {
  const cidr = block.text("cidr_ipv4") ?? block.text("cidr_ipv6");
  const both = block.has("cidr_ipv4") && block.has("cidr_ipv6") ? [cidr, block.text("cidr_ipv6")] : [cidr];
  const group = block.text("referenced_security_group_id");
  const groups = group === undefined ? NONE : [groupKeyOf(group, estate.terraform, block.scope)];
  return peersOf(estate, block, both, textsIn(block, "prefix_list_id"), groups);
}
