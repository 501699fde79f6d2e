import ipaddr from "ipaddr.js";
import { type EndpointService, endpointNumbers, kubernetes } from "../platform.ts";
import type { Environment, Zone } from "../schema/environment.ts";

/** Kinds of subnet, each with one prefix of the VPC, so that a network ACL names a tier by one range. */
export type Tier = "public" | "egress" | "firewall" | "dmz" | "data" | "endpoints" | "app";

/**
 * Where each tier's prefix starts, in sixteenths of the /16.
 * `app` takes the upper half: one /20 a service. Numbers are never reused.
 */
const TIERS: Readonly<Record<Tier, { readonly at: number; readonly prefix: 20 | 17 }>> = {
  public: { at: 0, prefix: 20 },
  egress: { at: 1, prefix: 20 },
  firewall: { at: 2, prefix: 20 },
  dmz: { at: 3, prefix: 20 },
  data: { at: 4, prefix: 20 },
  endpoints: { at: 5, prefix: 20 },
  app: { at: 8, prefix: 17 },
};
const SIXTEENTH = 2 ** 12;
const ZONE = 2 ** 10;
/** The upper half of a subnet is kept for fixed addresses, so that AWS gives none of them to anything else. */
const FIXED = 512;
/** Fixed addresses a service may give to its hosts in a subnet. */
const BLOCK = 64;

/** What stands for a subnet everywhere: one of a tier that services share, or a service's own. */
export type SubnetName = `${Exclude<Tier, "app"> | `app-${string}`}-${Zone["letter"]}`;

export interface Subnet {
  readonly name: SubnetName;
  readonly tier: Tier;
  readonly zone: Zone;
  readonly cidr: string;
  /** Present on `app` subnets: whose they are. */
  readonly service?: string;
}

const offset = (cidr: string, addresses: number): string => {
  const [network] = ipaddr.IPv4.parseCIDR(cidr);
  const value = network.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0) + addresses;
  return ipaddr.fromByteArray([24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256)).toString();
};

/** The one prefix of a tier: `10.30.64.0/20`. */
export const tierCidr = (environment: Environment, tier: Tier): string =>
  `${offset(environment.cidr, TIERS[tier].at * SIXTEENTH)}/${TIERS[tier].prefix}`;

/** Subnets of a tier that services share, one a zone. */
export const sharedSubnets = (environment: Environment, tier: Exclude<Tier, "app">): readonly Subnet[] =>
  environment.zones.map((zone, index) => ({
    name: `${tier}-${zone.letter}`,
    tier,
    zone,
    cidr: `${offset(tierCidr(environment, tier), index * ZONE)}/22`,
  }));

/** A service's own application subnets, one a zone. */
export const appSubnets = (
  environment: Environment,
  service: { readonly name: string; readonly block: number },
): readonly Subnet[] =>
  environment.zones.map((zone, index) => ({
    name: `app-${service.name}-${zone.letter}`,
    tier: "app",
    zone,
    cidr: `${offset(tierCidr(environment, "app"), service.block * SIXTEENTH + index * ZONE)}/22`,
    service: service.name,
  }));

/** Fixed address of a host: its number in its service's part of the subnet. */
export const hostAddress = (subnet: Subnet, service: { readonly block: number }, number: number): string =>
  offset(subnet.cidr, FIXED + (subnet.tier === "app" ? 0 : service.block * BLOCK) + number);

/** Fixed address of an interface endpoint: its number in the subnet. */
export const endpointAddress = (subnet: Subnet, service: EndpointService): string =>
  offset(subnet.cidr, FIXED + endpointNumbers[service]);

/** The router of a subnet, and its DHCP server: the first address after the network's own. */
export const routerAddress = (subnet: Pick<Subnet, "cidr">): string => offset(subnet.cidr, 1);

/** The part of a subnet that is kept for fixed addresses. */
export const fixedRange = (subnet: Subnet): string => `${offset(subnet.cidr, FIXED)}/23`;

/** Where pods ask for names: the tenth address of Services, which EKS gives it in every cluster. */
export const clusterResolver = (): string => offset(kubernetes.serviceRange, 10);
