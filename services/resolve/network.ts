import { cluster, type EndpointService, endpointNumbers } from "../platform.ts";
import type { Environment, Zone } from "../schema/environment.ts";
import {
  appSubnets,
  endpointAddress,
  fixedRange,
  type Subnet,
  sharedSubnets,
  type Tier,
  tierCidr,
} from "./addressing.ts";
import type { ResolvedEgress } from "./egress.ts";
import type { ResolvedFlow } from "./flows/flow.ts";
import type { ResolvedService } from "./service.ts";

/** Known addresses of outsiders. */
export interface OutsideRange {
  readonly range: string;
}

/** Traffic between two tiers, or of outsiders, for network ACLs. */
export interface TierFlow {
  readonly from: Tier | "internet" | OutsideRange;
  readonly to: Tier | "internet";
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

/** A subnet, and the part of it that is kept for fixed addresses where hosts or endpoints have such. */
export interface NetworkSubnet extends Subnet {
  readonly reserved?: string;
}

/** The network of an environment: addresses, and who may talk to whom, tier by tier and name by name. */
export interface Network {
  readonly tiers: Readonly<Record<Tier, string>>;
  readonly subnets: readonly NetworkSubnet[];
  /** Zones that have a NAT gateway, a firewall endpoint and interface endpoints. */
  readonly gatewayZones: readonly Zone[];
  /** Fixed addresses of each interface endpoint by zone letter, of those zones alone. */
  readonly endpointAddresses: Readonly<Record<EndpointService, Readonly<Record<string, string>>>>;
  readonly tierFlows: readonly TierFlow[];
  readonly egress: readonly ResolvedEgress[];
}

const SHARED = ["public", "egress", "firewall", "dmz", "data", "endpoints"] as const;

const gatewayZonesOf = ({ zones, gatewaysPerZone }: Environment): readonly Zone[] =>
  gatewaysPerZone ? zones : zones.slice(0, 1);

/** Where outsiders come from: whoever is not everybody has ranges of its name, and a content network stands inside. */
function outsiders({ ranges }: Environment, audience: string): readonly TierFlow["from"][] {
  switch (audience) {
    case "internet":
      return ["internet"];
    case "clients":
    case "admins":
      return ranges[audience].map((range) => ({ range }));
    case "cloudfront":
      // A VPC origin has its interfaces in the subnets of its load balancer; security groups see CloudFront's own addresses
      // behind them, and AWS does not say which of the two an ACL sees.
      return ["public", "internet"];
    default:
      throw new Error(`outside/${audience}: no range is known for it`);
  }
}

/** Where a party stands. Services of the hypervisor stand nowhere: no ACL sees them. */
function tierOf(services: readonly ResolvedService[], party: string): Tier | undefined {
  if (party.startsWith("platform/endpoint-")) return "endpoints";
  if (party === "platform/cluster") return "app";
  if (party.startsWith("platform/")) return undefined;
  for (const { service, hosts } of services) {
    const name = party.startsWith(`${service.name}/`) ? party.slice(service.name.length + 1) : undefined;
    if (name === undefined) continue;
    const host = hosts.find((each) => each.group === name);
    if (host !== undefined) return host.tier;
    if (service.entrypoints.some((entrypoint) => entrypoint.name === name)) return "public";
    if (service.stores.some((store) => store.name === name)) return "data";
    return "app";
  }
  return undefined;
}

const endpointAddressesOf = (environment: Environment, gateways: readonly Zone[]): Network["endpointAddresses"] => {
  const subnets = sharedSubnets(environment, "endpoints").filter(({ zone }) => gateways.includes(zone));
  return Object.fromEntries(
    (Object.keys(endpointNumbers) as EndpointService[]).map((service) => [
      service,
      Object.fromEntries(subnets.map((subnet) => [subnet.zone.letter, endpointAddress(subnet, service)])),
    ]),
  ) as Network["endpointAddresses"];
};

const holdsFixed = (subnet: Subnet, gateways: readonly Zone[], services: readonly ResolvedService[]): boolean =>
  (subnet.tier === "endpoints" && gateways.includes(subnet.zone)) ||
  services.some(({ hosts }) => hosts.some((host) => host.subnet === subnet.name));

/** Subnets, gateways and what passes between tiers: flows of services, and of the platform itself. */
export function networkOf(
  environment: Environment,
  services: readonly ResolvedService[],
  platformFlows: readonly ResolvedFlow[],
): Network {
  const gatewayZones = gatewayZonesOf(environment);
  const sources = (party: string): readonly TierFlow["from"][] => {
    if (party.startsWith("outside/")) return outsiders(environment, party.slice("outside/".length));
    const tier = tierOf(services, party);
    return tier === undefined ? [] : [tier];
  };
  const between = ({ from, to, protocol, port }: ResolvedFlow): readonly TierFlow[] => {
    const target = tierOf(services, to);
    return target === undefined ? [] : sources(from).map((source) => ({ from: source, to: target, protocol, port }));
  };
  const egress = services.flatMap((service) => service.egress);
  const tierFlows: readonly TierFlow[] = [
    ...[...services.flatMap((service) => service.flows), ...platformFlows]
      .filter((flow) => flow.transport !== "loopback")
      .flatMap(between),
    ...egress.map(({ port }) => ({ from: "app", to: "internet", protocol: "tcp", port }) as const),
  ];
  return {
    tiers: Object.fromEntries([...SHARED, "app" as const].map((tier) => [tier, tierCidr(environment, tier)])) as Record<
      Tier,
      string
    >,
    subnets: [
      ...SHARED.flatMap((tier) => sharedSubnets(environment, tier)),
      ...services.flatMap(({ service }) => appSubnets(environment, service)),
      ...appSubnets(environment, cluster),
    ].map((subnet) =>
      holdsFixed(subnet, gatewayZones, services) ? { ...subnet, reserved: fixedRange(subnet) } : subnet,
    ),
    gatewayZones,
    endpointAddresses: endpointAddressesOf(environment, gatewayZones),
    tierFlows: [...new Map(tierFlows.map((flow) => [JSON.stringify(flow), flow])).values()],
    egress,
  };
}
