import { type AddressSet, intersect, isEmpty, nowhere } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { Subnet } from "../../model/network/subnets.ts";
import { aclSide, answered, narrowedBy, type Passing, subnetsPass } from "../layers/acl-space.ts";
import { listenedBy } from "../layers/balancers.ts";
import { groupsPass } from "../layers/group-space.ts";
import { ownFirewalls } from "../layers/own-firewalls.ts";
import { stepsTo } from "../layers/route-steps.ts";
import { CLOUDFRONT, NEIGHBOURS } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { allOf, everyService } from "../space/services.ts";
import { box, intersectSpaces, noPacket, type Space, subtractSpaces } from "../space/space.ts";

/** Connections that are possible from beyond the network. */
export function incoming(estate: Estate, from: Site, to: Site): Passing {
  const groups = groupsPass(estate, from, to);
  if (groups.length === 0) return { most: noPacket, least: noPacket };
  const answers =
    to.kind === "load balancer"
      ? allOf(to.interfaces.map(({ resource }) => listenedBy(estate, resource)))
      : everyService;
  const asked = intersectSpaces(groups, [box({ services: answers })]);
  const ways = [...to.subnets.map((subnet) => enters(estate, from, to, subnet)), throughOrigin(estate, from, to)];
  const most = ways.flatMap((way) => intersectSpaces(asked, way.most));
  const least = ways.flatMap((way) => intersectSpaces(asked, way.least));
  return ownFirewalls(estate, from, to, { most, least });
}

/** The way into a subnet: replies must find the way back by its routes. */
function enters(estate: Estate, from: Site, to: Site, subnet: Subnet): Passing {
  const reachable = waysBack(from, to, subnet);
  if (isEmpty(reachable)) return { most: noPacket, least: noPacket };
  const ends: Space = [{ from: reachable, to: intersect(to.addresses, subnet.addresses), services: everyService }];
  const passing = answered(aclSide(estate, subnet.acl, "ingress"), aclSide(estate, subnet.acl, "egress"));
  return narrowedBy({ most: ends, least: ends }, passing);
}

const WAYS = new Set(["peering", "transit", "vpn", "elsewhere", "unknown"]);

/** Addresses that replies reach directly: by an internet gateway from a public address, or by a line to neighbours. */
function waysBack(from: Site, to: Site, subnet: Subnet): AddressSet {
  if (from.party !== NEIGHBOURS && !to.isPublic) return nowhere;
  return stepsTo(subnet.routes, from.addresses)
    .filter(({ route }) => (from.party === NEIGHBOURS ? WAYS.has(route.target) : route.target === "internet"))
    .reduce<AddressSet>(
      (all, { addresses }) => ({ v4: [...all.v4, ...addresses.v4], v6: [...all.v6, ...addresses.v6] }),
      nowhere,
    );
}

/**
 * CloudFront comes to a load balancer without a public address by interfaces of its own in the same subnets (Amazon CloudFront
 * developer guide, "Restrict access with VPC origins").
 */
function throughOrigin(estate: Estate, from: Site, to: Site): Passing {
  if (from.party !== CLOUDFRONT || !isOrigin(estate, to)) return { most: noPacket, least: noPacket };
  const ends: Space = [box({ to: to.addresses, from: to.addresses })];
  const { most, least } = subnetsPass(estate, to.subnets, to.subnets);
  const missing = subtractSpaces(ends, least);
  const seen = (space: Space): Space => space.map((each) => ({ ...each, from: from.addresses }));
  return { most: seen(most), least: subtractSpaces([box({ from: from.addresses, to: to.addresses })], seen(missing)) };
}

/** Whether a VPC origin of CloudFront names a load balancer. */
export function isOrigin({ terraform }: Estate, { interfaces }: Site): boolean {
  const named = terraform
    .ofType("aws_cloudfront_vpc_origin")
    .map(({ block }) => terraform.find(block.block("vpc_origin_endpoint_config")?.text("arn")));
  return interfaces.some(({ resource }) => resource !== undefined && named.includes(resource));
}
