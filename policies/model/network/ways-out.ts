import { publicRanges } from "../address-space.ts";
import { overlaps } from "../addresses.ts";
import type { Estate } from "../estate.ts";
import { intersectPorts, type PortSet } from "../ports.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown } from "../value.ts";
import { firewallsByResource } from "./egress/firewalls.ts";
import { pairedPorts } from "./egress/pairing.ts";
import type { Interface } from "./interfaces/interface.ts";
import type { Route } from "./routes.ts";
import type { Subnet } from "./subnets.ts";

/** Routes of a subnet that lead to addresses of the internet, or may. */
export const publicRoutes = ({ routes }: Subnet): readonly Route[] =>
  (routes?.routes ?? []).filter(
    ({ destination, target }) => target !== "local" && (isUnknown(destination) || overlaps(destination, publicRanges)),
  );

/**
 * The TCP ports on which an interface reaches named servers of the internet only: every route there, of each of its
 * subnets, leads to a firewall that pairs the interface's addresses with names and drops the rest.
 */
export function namedServersOnly(estate: Estate, { subnets, unknownSubnets, addresses }: Interface): PortSet {
  const routes = subnets.flatMap(publicRoutes);
  if (unknownSubnets.length > 0 || routes.length === 0) return [];
  const firewalls = new Set(
    routes.map(({ target, to }) =>
      target === "firewall" && to !== undefined ? firewallsByResource(estate).get(to) : undefined,
    ),
  );
  return [...firewalls]
    .map((firewall): PortSet => (firewall === undefined ? [] : pairedPorts(firewall, addresses)))
    .reduce(intersectPorts, [0, 65_535]);
}

const nats = {};

/** Subnets that NAT gateways of the internet stand in. */
export const natSubnets = (estate: Estate): ReadonlySet<Resource | undefined> =>
  estate.once(
    nats,
    () =>
      new Set(
        estate.terraform
          .ofType("aws_nat_gateway")
          .filter(({ block }) => block.text("connectivity_type") !== "private")
          .map(({ block }) => estate.terraform.find(block.text("subnet_id"))),
      ),
  );
