import { type AddressSet, everywhere, union } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { AclEntry } from "../../model/network/acl-entries.ts";
import type { NetworkAcl } from "../../model/network/acls.ts";
import type { Direction } from "../../model/network/group-rules.ts";
import type { Subnet } from "../../model/network/subnets.ts";
import { isUnknown, known } from "../../model/value.ts";
import { ephemeral, everyService, protocolServices, type Services, without } from "../space/services.ts";
import {
  box,
  everyPacket,
  intersectSpaces,
  joined,
  type Space,
  sameSpaces,
  subtractSpaces,
  turned,
  unionSpaces,
} from "../space/space.ts";
import { servicesOf } from "./group-space.ts";

/** How what is not known counts: it lets through, or it does not. */
export type Bound = "most" | "least";

/** What connections are possible: `most` for what must not be, `least` for what must. */
export type Passing = Readonly<Record<Bound, Space>>;

/** Packets of an entry: the other side is where they come from, or where they go to. */
const packetsOf = (direction: Direction, addresses: AddressSet, services: Services): Space => [
  box(direction === "ingress" ? { from: addresses, services } : { to: addresses, services }),
];

/** The packets that an ACL lets through in a direction, by its entries in their order. */
export function aclPasses(acl: NetworkAcl | undefined, direction: Direction, bound: Bound): Space {
  if (acl === undefined) return everyPacket;
  let left: Space = everyPacket;
  const found: Space[] = [];
  for (const entry of acl.entries) {
    if (entry.direction !== direction || left.length === 0) continue;
    if (isVague(entry) && allows(entry, bound) !== (bound === "most")) continue;
    const addresses = known(entry.addresses) ?? everywhere;
    const packets = packetsOf(direction, addresses, servicesOf(entry.protocol, entry.ports));
    if (allows(entry, bound)) found.push(intersectSpaces(left, packets));
    left = subtractSpaces(left, packets);
  }
  return unionSpaces(found);
}

const allows = ({ allows: said }: AclEntry, bound: Bound): boolean => (isUnknown(said) ? bound === "most" : said);

const isVague = ({ protocol, ports, addresses }: AclEntry): boolean =>
  isUnknown(protocol) || isUnknown(ports) || isUnknown(addresses);

const PROTOCOLS_WITH_REPLIES = [6, 17] as const;

/** All but TCP and UDP: of those, ACLs are asked for one way only. */
const OTHERS = without(everyService, [...protocolServices(6), ...protocolServices(17)]);

/**
 * Of packets that pass on the way there, those whose replies pass too: `least`, replies to every port that a client may use
 * (1024-65535); `most`, to any port at all, since whoever opens a connection may choose it. UDP needs no reply.
 */
export function answered(there: Passing, back: Passing): Passing {
  const parts = PROTOCOLS_WITH_REPLIES.map((protocol) => {
    const own: Space = [box({ services: protocolServices(protocol) })];
    const wanted: Space = [box({ services: ephemeral(protocol) })];
    const missing = subtractSpaces(wanted, back.least);
    const least = subtractSpaces(intersectSpaces(there.least, own), turned(missing, protocolServices(protocol)));
    const some = turned(intersectSpaces(back.most, own), protocolServices(protocol));
    const all = intersectSpaces(there.most, own);
    return { least, most: protocol === 6 ? intersectSpaces(all, some) : all };
  });
  const rest: Space = [box({ services: OTHERS })];
  const least = joined([...parts.flatMap((part) => part.least), ...intersectSpaces(there.least, rest)]);
  const most = joined([...parts.flatMap((part) => part.most), ...intersectSpaces(there.most, rest)]);
  return alike(most, least);
}

const BETWEEN = {};
const SINGLE = {};

/** Both bounds; where they are the same set, the same list, which halves the work of all that follows. */
const alike = (most: Space, least: Space): Passing => ({ most, least: sameSpaces(most, least) ? most : least });

/** One side of an ACL, both bounds. */
export function aclSide(estate: Estate, acl: NetworkAcl | undefined, direction: Direction): Passing {
  if (acl === undefined) return { most: everyPacket, least: everyPacket };
  const read = estate.once(SINGLE, () => new Map<NetworkAcl, Map<Direction, Passing>>());
  const own = read.get(acl) ?? new Map<Direction, Passing>();
  read.set(acl, own);
  const most = own.get(direction)?.most ?? aclPasses(acl, direction, "most");
  const vague = acl.entries.some((entry) => isUnknown(entry.allows) || isVague(entry));
  const found = own.get(direction) ?? { most, least: vague ? aclPasses(acl, direction, "least") : most };
  own.set(direction, found);
  return found;
}

/** What passes one after the other. */
export function through(...sides: readonly Passing[]): Passing {
  const most = sides.map((side) => side.most).reduce(intersectSpaces, everyPacket);
  if (sides.every((side) => side.most === side.least)) return { most, least: most };
  return { most, least: sides.map((side) => side.least).reduce(intersectSpaces, everyPacket) };
}

/** What of a set passes. */
export function narrowedBy(given: Passing, by: Passing): Passing {
  const most = intersectSpaces(given.most, by.most);
  if (given.most === given.least && by.most === by.least) return { most, least: most };
  return { most, least: intersectSpaces(given.least, by.least) };
}

/** Connections that two ACLs let pass from subnets of the one to subnets of the other. */
export function aclsPass(estate: Estate, from: NetworkAcl | undefined, to: NetworkAcl | undefined): Passing {
  const read = estate.once(BETWEEN, () => new Map<NetworkAcl | undefined, Map<NetworkAcl | undefined, Passing>>());
  const own = read.get(from) ?? new Map<NetworkAcl | undefined, Passing>();
  read.set(from, own);
  const found =
    own.get(to) ??
    answered(
      through(aclSide(estate, from, "egress"), aclSide(estate, to, "ingress")),
      through(aclSide(estate, to, "egress"), aclSide(estate, from, "ingress")),
    );
  own.set(to, found);
  return found;
}

/** Connections that ACLs let pass between some subnets and others; within one subnet none is asked. */
export function subnetsPass(estate: Estate, from: readonly Subnet[], to: readonly Subnet[]): Passing {
  const within: Space = from
    .filter((each) => to.includes(each))
    .map(({ addresses }) => box({ from: addresses, to: addresses }));
  if (from.length === 0 || to.length === 0) return { most: everyPacket, least: everyPacket };
  const [ours, theirs] = [sidesOf(from), sidesOf(to)];
  const between = ours.flatMap((one) =>
    theirs.map((other) => {
      const ends: Space = [{ from: one.addresses, to: other.addresses, services: everyService }];
      return narrowedBy({ most: ends, least: ends }, aclsPass(estate, one.acl, other.acl));
    }),
  );
  const most = [...within, ...between.flatMap((each) => each.most)];
  if (between.every((each) => each.most === each.least)) return { most, least: most };
  return { most, least: [...within, ...between.flatMap((each) => each.least)] };
}

interface Side {
  readonly acl: NetworkAcl | undefined;
  readonly addresses: AddressSet;
}

const SIDES = new WeakMap<readonly Subnet[], readonly Side[]>();

function sidesOf(subnets: readonly Subnet[]): readonly Side[] {
  const found = SIDES.get(subnets) ?? byAcl(subnets);
  SIDES.set(subnets, found);
  return found;
}

const byAcl = (subnets: readonly Subnet[]): readonly Side[] =>
  [...Map.groupBy(subnets, ({ acl }) => acl)].map(([acl, own]) => ({
    acl,
    addresses: union(own.map(({ addresses }) => addresses)),
  }));
