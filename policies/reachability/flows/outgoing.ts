import { intersect } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { Subnet } from "../../model/network/subnets.ts";
import { narrowedBy, type Passing } from "../layers/acl-space.ts";
import { egressPaths } from "../layers/egress-path.ts";
import { type FirewallSpace, firewallSpace, inSeries, type NamedPass } from "../layers/firewall-space.ts";
import { groupsPass } from "../layers/group-space.ts";
import { ownFirewalls } from "../layers/own-firewalls.ts";
import { CLOUDFRONT, NEIGHBOURS } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { everyService } from "../space/services.ts";
import { noPacket, type Space } from "../space/space.ts";

/** Connections that are possible to beyond the network. */
export interface Outgoing {
  /** Whomever they are to. */
  readonly all: Passing;
  /** Those that no firewall pairs with names of servers. */
  readonly free: Passing;
  /** Those to servers of a name. */
  readonly named: readonly (NamedPass & { readonly passing: Passing })[];
}

const NONE: Passing = { most: noPacket, least: noPacket };

const READ = {};

export function outgoing(estate: Estate, from: Site, to: Site): Outgoing {
  const read = estate.once(READ, () => new Map<Site, Map<Site, Outgoing>>());
  const own = read.get(from) ?? new Map<Site, Outgoing>();
  read.set(from, own);
  const found = own.get(to) ?? outgoingBetween(estate, from, to);
  own.set(to, found);
  return found;
}

function outgoingBetween(estate: Estate, from: Site, to: Site): Outgoing {
  const groups = to.party === CLOUDFRONT ? noPacket : groupsPass(estate, from, to);
  if (groups.length === 0) return { all: NONE, free: NONE, named: [] };
  const ways = from.subnets.flatMap((subnet) => (to.party === NEIGHBOURS ? [] : leaves(estate, from, to, subnet)));
  const own = ways.map((way) => ({
    firewall: way.firewall,
    passing: ownFirewalls(estate, from, to, narrowedBy({ most: groups, least: groups }, way.passing)),
  }));
  const free = own.map(({ firewall, passing }) => within(passing, firewall.free));
  const named = own.flatMap(({ firewall, passing }) =>
    firewall.named.map((each) => ({ ...each, passing: within(passing, each.packets) })),
  );
  const some = named.filter(({ passing }) => passing.most.length > 0);
  return { all: together([...free, ...some.map(({ passing }) => passing)]), free: together(free), named: some };
}

const within = ({ most, least }: Passing, space: Space): Passing =>
  narrowedBy({ most, least }, { most: space, least: space });

const together = (all: readonly Passing[]): Passing => ({
  most: all.flatMap(({ most }) => most),
  least: all.flatMap(({ least }) => least),
});

interface Way {
  readonly passing: Passing;
  readonly firewall: FirewallSpace;
}

/** Ways out of a subnet. */
const leaves = (estate: Estate, from: Site, to: Site, subnet: Subnet): readonly Way[] =>
  egressPaths(estate, subnet, to.addresses).flatMap((path): readonly Way[] => {
    if (path.needsPublicAddress && !from.isPublic) return [];
    const ends: Space = [
      { from: intersect(from.addresses, subnet.addresses), to: path.addresses, services: everyService },
    ];
    const passed = narrowedBy({ most: ends, least: ends }, path.passing);
    const passing = path.doubt === undefined ? passed : { most: passed.most, least: noPacket };
    return [{ passing, firewall: inSeries(path.firewalls.map((each) => firewallSpace(estate, each))) }];
  });
