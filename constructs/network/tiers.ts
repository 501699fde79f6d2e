/**
 * What a subnet is for; each tier is one prefix of the VPC, one network ACL and one way out.
 *
 * `public` load balancers only; `egress` NAT gateways; `firewall` endpoints of the Network Firewall; `dmz` hosts that
 * take connections of outsiders; `app`; `data`; `endpoints` interface endpoints of AWS services.
 */
export const tiers = ["public", "egress", "firewall", "dmz", "app", "data", "endpoints"] as const;

/** One of `tiers`. */
export type Tier = (typeof tiers)[number];

/** An availability zone: the letter that names things, and its name in the region. */
export interface Zone {
  readonly letter: string;
  readonly name: string;
}

/** One subnet as the caller plans it. */
export interface SubnetPlan {
  /** Letters, digits and hyphens, such as `app-ticketing-a`. */
  readonly name: string;
  readonly tier: Tier;
  /** Letter of its zone. */
  readonly zone: string;
  readonly cidr: string;
  /** The service that owns the subnet; required in tier `app`, where egress pairs with it. */
  readonly service?: string;
  /** Range of the subnet kept for fixed addresses; default: AWS may give any address to anything. */
  readonly reserved?: string;
}
