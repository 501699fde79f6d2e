import { type AddressSet, nowhere, union } from "../../model/addresses.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { NetworkAcl } from "../../model/network/acls.ts";
import type { Direction } from "../../model/network/group-rules.ts";
import { type Subnet, subnets } from "../../model/network/subnets.ts";
import type { Found, Said } from "../findings.ts";
import { type Declared, declaredOf, servicesOf } from "../flows/declared.ts";
import { aclSide } from "../layers/acl-space.ts";
import { egressPaths } from "../layers/egress-path.ts";
import { CLOUDFRONT, INTERNET, internetAtMost } from "../parties/outside.ts";
import { sitesOf } from "../parties/sites.ts";
import { tierAdmitsMore } from "../rules.ts";
import { packetOf, shownPacket } from "../space/packet.ts";
import {
  allOf,
  everyService,
  portServices,
  protocolServices,
  service,
  shownServices,
  without,
} from "../space/services.ts";
import { box, digestOf, intersectSpaces, joined, type Space, subtractSpaces } from "../space/space.ts";

/**
 * What is judged of an ACL alone: all but ports from 1024, where replies need the clients' whole range (those are judged
 * together with the interface), and but ICMP, by which any router on the way tells of packets that are too large.
 */
const JUDGED = without(everyService, [
  ...protocolServices(1),
  ...portServices(6, [1024, 65_535]),
  ...portServices(17, [1024, 65_535]),
  ...protocolServices(58),
]);

/** Judges each ACL alone, by tiers: the subnets that share one. */
export function judgeTiers(estate: Estate, declaration: Declaration): Found {
  const tiers = tiersOf(estate);
  const expected = expectedBetween(estate, declaration, tiers);
  const known = union([...estate.of(subnets).map(({ addresses }) => addresses), internetAtMost]);
  const said = tiers.flatMap(({ acl, addresses }) =>
    (["ingress", "egress"] as const).flatMap((direction): readonly Said[] => {
      const ends = direction === "ingress" ? { from: known, to: addresses } : { from: addresses, to: known };
      const own = intersectSpaces(aclSide(estate, acl, direction).most, [box({ ...ends, services: JUDGED })]);
      const left = subtractSpaces(own, expected[direction]);
      const packet = packetOf(left);
      if (packet === undefined) return [];
      const what = shownServices(allOf(left.map(({ services }) => services)));
      const got = `${direction} admits ${what}, such as ${shownPacket(packet)}`;
      const said = { at: acl.at, attribute: direction, got, whole: digestOf(left) };
      return [{ ...said, expected: "ports below 1024 of declared flows between tiers" }];
    }),
  );
  return { rule: tierAdmitsMore, subjects: tiers.length, said };
}

interface Tier {
  readonly acl: NetworkAcl;
  readonly addresses: AddressSet;
  readonly subnets: readonly Subnet[];
}

const tiersOf = (estate: Estate): readonly Tier[] =>
  [...Map.groupBy(estate.of(subnets), ({ acl }) => acl)].flatMap(([acl, own]) =>
    acl === undefined ? [] : [{ acl, subnets: own, addresses: union(own.map(({ addresses }) => addresses)) }],
  );

/** Declared flows, their ends widened to the tiers that they are in. */
function expectedBetween(
  estate: Estate,
  declaration: Declaration,
  tiers: readonly Tier[],
): Readonly<Record<Direction, Space>> {
  const sites = sitesOf(estate, declaration);
  const declared = declaredOf(estate, declaration);
  const internet = declared.range(INTERNET);
  const byParty = Map.groupBy(sites, ({ party }) => party);
  const around = (own: readonly Subnet[]): readonly AddressSet[] =>
    tiers.filter((tier) => own.some((subnet) => tier.subnets.includes(subnet))).map(({ addresses }) => addresses);
  const tierOf = (party: string): AddressSet => {
    const wide = around((byParty.get(party) ?? []).flatMap((site) => site.subnets));
    return wide.length > 0 ? union(wide) : declared.range(party);
  };
  const between: Space = declared.flows.map((flow) => ({
    // CloudFront comes by interfaces in the tier of the load balancer.
    from: union([tierOf(flow.from === CLOUDFRONT ? flow.to : flow.from), outsideOf(declared, flow.from)]),
    to: tierOf(flow.to),
    services: servicesOf(flow),
  }));
  const through = sites.flatMap((site) => {
    const ports = declared.egress.filter(({ from }) => from === site.party).map(({ port }) => port);
    const paths = ports.length === 0 ? [] : site.subnets.flatMap((subnet) => egressPaths(estate, subnet, internet));
    const passed = around(paths.flatMap((path) => path.passed));
    // An ACL on the way does not tell what passes its subnets from what ends in them.
    const ends = { from: union([tierOf(site.party), ...passed]), to: union([internetAtMost, ...passed]) };
    return ports.map((port) => ({ ...ends, services: service("tcp", port) }));
  });
  const all = joined([...between, ...through]);
  return { ingress: all, egress: all };
}

const outsideOf = (declared: Declared, party: string): AddressSet => declared.outside.get(party) ?? nowhere;
