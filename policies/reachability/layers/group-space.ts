import { type AddressSet, everywhere, isEmpty, union } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { GroupKey } from "../../model/network/group-key.ts";
import type { Direction, GroupRule } from "../../model/network/group-rules.ts";
import type { SecurityGroup } from "../../model/network/groups.ts";
import type { Protocol } from "../../model/network/protocol.ts";
import { hasPorts } from "../../model/network/protocol.ts";
import type { PortSet } from "../../model/ports.ts";
import { isUnknown, type Value } from "../../model/value.ts";
import { CLOUDFRONT, namesCloudFront } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { allOf, everyService, portServices, protocolServices, type Services } from "../space/services.ts";
import { type Box, everyPacket, intersectSpaces, type Space } from "../space/space.ts";

/** What a rule is about: protocol and ports; everything where that is not known. */
export function servicesOf(protocol: Value<Protocol>, ports: Value<PortSet>): Services {
  if (isUnknown(protocol) || protocol === "all") return everyService;
  return hasPorts(protocol) && !isUnknown(ports) ? portServices(protocol, ports) : protocolServices(protocol);
}

/** Rules of a direction, by what they name. */
interface Sorted {
  readonly byGroup: ReadonlyMap<GroupKey, readonly GroupRule[]>;
  readonly byAddress: readonly GroupRule[];
}

const SORTED = {};

function sorted(estate: Estate, group: SecurityGroup, direction: Direction): Sorted {
  const known = estate.once(SORTED, () => byDirection<SecurityGroup, Sorted>());
  const found = known[direction].get(group) ?? sort(group, direction);
  known[direction].set(group, found);
  return found;
}

function sort(group: SecurityGroup, direction: Direction): Sorted {
  const byGroup = new Map<GroupKey, GroupRule[]>();
  const byAddress: GroupRule[] = [];
  for (const rule of group.rules) {
    if (rule.direction !== direction || isInherent(group, rule)) continue;
    if (!isEmpty(addressesOf(rule)) || namesCloudFront(rule.peers)) byAddress.push(rule);
    for (const peer of rule.peers.groups) {
      const own = byGroup.get(peer);
      if (own === undefined) byGroup.set(peer, [rule]);
      else own.push(rule);
    }
  }
  return { byGroup, byAddress };
}

/** What a rule names by addresses; what is not known may be everybody. */
const addressesOf = ({ peers }: GroupRule): AddressSet => (peers.unknown.length > 0 ? everywhere : peers.addresses);

/** Rules of the same services share one list: there may be thousands of them. */
function sharedServices({ protocol, ports }: GroupRule, same: Map<number, Services>): Services {
  if (typeof protocol !== "number" || isUnknown(ports) || ports.length !== 2) return servicesOf(protocol, ports);
  const key = (protocol * 65_536 + (ports[0] ?? 0)) * 65_536 + (ports[1] ?? 0);
  const found = same.get(key) ?? servicesOf(protocol, ports);
  same.set(key, found);
  return found;
}

/**
 * Rules that EKS makes in the group of a cluster, and makes again where they are taken away (Amazon EKS user guide, "Amazon
 * EKS security group requirements"): between the control plane and nodes that AWS runs. Outputs cannot close them.
 */
export const isInherent = ({ origin }: SecurityGroup, { implied }: GroupRule): boolean =>
  implied && origin === "cluster";

/** A rule that lets some packets through. */
export interface Admission {
  readonly rule: GroupRule;
  readonly group: SecurityGroup;
  readonly box: Box;
}

/** What groups of a site let through to or from another site, rule by rule. Nothing filters a site without groups. */
export function admissions(estate: Estate, site: Site, direction: Direction, peer: Site): readonly Admission[] | "all" {
  if (site.groups === undefined) return "all";
  return site.groups.flatMap((group) => {
    const admitted = (rule: GroupRule, addresses: AddressSet): Admission => ({
      ...{ rule, group, box: boxBetween(site, direction, addresses, servicesOf(rule.protocol, rule.ports)) },
    });
    const { byGroup, byAddress } = sorted(estate, group, direction);
    const byPeer = (peer.groups ?? []).flatMap(({ key }) => byGroup.get(key) ?? []);
    const cloudFront = byAddress.filter(({ peers }) => peer.party === CLOUDFRONT && namesCloudFront(peers));
    const named = byAddress.filter((rule) => !isEmpty(addressesOf(rule)));
    return [
      ...[...byPeer, ...cloudFront].map((rule) => admitted(rule, peer.addresses)),
      ...named.map((rule) => admitted(rule, addressesOf(rule))),
    ];
  });
}

const boxBetween = (site: Site, direction: Direction, peers: AddressSet, services: Services): Box =>
  direction === "egress"
    ? { from: site.addresses, to: peers, services }
    : { from: peers, to: site.addresses, services };

/** What security groups of both ends let through together. */
export function groupsPass(estate: Estate, from: Site, to: Site): Space {
  if (!mayName(estate, from, "egress", to) || !mayName(estate, to, "ingress", from)) return [];
  // Both sides at once: most boxes differ in their services, which is seen before any address is looked at.
  const both = intersectSpaces(
    admittedBetween(estate, from, "egress", to),
    admittedBetween(estate, to, "ingress", from),
  );
  if (from.groups !== undefined && to.groups !== undefined) return both;
  return intersectSpaces(both, [{ from: from.addresses, to: to.addresses, services: everyService }]);
}

/** What groups of a site let through to or from another, all rules together. */
function admittedBetween(estate: Estate, site: Site, direction: Direction, peer: Site): Space {
  if (site.groups === undefined) return everyPacket;
  const named = site.groups.flatMap((group) => {
    const { byGroup, byAddress } = sorted(estate, group, direction);
    const byPeer = (peer.groups ?? []).flatMap(({ key }) => byGroup.get(key) ?? []);
    return peer.party === CLOUDFRONT ? [...byPeer, ...byAddress.filter(({ peers }) => namesCloudFront(peers))] : byPeer;
  });
  const addressed = addressedBy(estate, site, direction);
  if (named.length === 0) return addressed;
  const services = allOf(named.map(({ protocol, ports }) => servicesOf(protocol, ports)));
  return [boxBetween(site, direction, peer.addresses, services), ...addressed];
}

const ADDRESSED = {};
const BY_SITE = {};

/** Addresses that rules of a group name in a direction, by services: as few as there are different services. */
export function addressedByGroup(estate: Estate, group: SecurityGroup, direction: Direction): readonly Addressed[] {
  const read = estate.once(ADDRESSED, () => byDirection<SecurityGroup, readonly Addressed[]>())[direction];
  const known = read.get(group);
  if (known !== undefined) return known;
  const sets = new Map<Services, AddressSet[]>();
  const same = new Map<number, Services>();
  for (const rule of sorted(estate, group, direction).byAddress) {
    const addresses = addressesOf(rule);
    if (isEmpty(addresses)) continue;
    const services = sharedServices(rule, same);
    const own = sets.get(services);
    if (own === undefined) sets.set(services, [addresses]);
    else own.push(addresses);
  }
  const found = [...sets].map(([services, all]) => ({ services, addresses: union(all) }));
  read.set(group, found);
  return found;
}

/** Addresses that rules of some services name. */
export interface Addressed {
  readonly addresses: AddressSet;
  readonly services: Services;
}

const byDirection = <Key, Value>(): Readonly<Record<Direction, Map<Key, Value>>> => ({
  ingress: new Map(),
  egress: new Map(),
});

/** What rules that name addresses let through: the same whoever the peer is. */
function addressedBy(estate: Estate, site: Site, direction: Direction): Space {
  const read = estate.once(BY_SITE, () => byDirection<Site["interfaces"], Space>())[direction];
  const found =
    read.get(site.interfaces) ??
    (site.groups ?? []).flatMap((group) =>
      addressedByGroup(estate, group, direction).map(({ addresses, services }) =>
        boxBetween(site, direction, addresses, services),
      ),
    );
  read.set(site.interfaces, found);
  return found;
}

/** Whether any rule of a site could be about another: by its groups, or by any address at all. */
const mayName = (estate: Estate, site: Site, direction: Direction, peer: Site): boolean =>
  site.groups === undefined ||
  site.groups.some((group) => {
    const { byGroup, byAddress } = sorted(estate, group, direction);
    return byAddress.length > 0 || (peer.groups ?? []).some(({ key }) => byGroup.has(key));
  });
