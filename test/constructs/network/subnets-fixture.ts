import type { Subnet } from "../../../constructs/network/subnets.ts";
import type { Tier } from "../../../constructs/network/tiers.ts";

/** Two zones, as a region names them. */
export const zones = [
  { letter: "a", name: "eu-central-1a" },
  { letter: "b", name: "eu-central-1b" },
];

/** A standing subnet; its ids are its name with a prefix. */
export function subnet(tier: Tier, zone: string, cidr: string, service?: string): Subnet {
  const name = service === undefined ? `${tier}-${zone}` : `${tier}-${service}-${zone}`;
  const ids = { id: `subnet-${name}`, routeTableId: `rtb-${name}` };
  return service === undefined ? { name, tier, zone, cidr, ...ids } : { name, tier, zone, cidr, service, ...ids };
}
