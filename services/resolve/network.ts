import type { Environment } from "../schema/environment.ts";
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

/** Traffic between two tiers, for network ACLs. */
export interface TierFlow {
  readonly from: Tier | "internet";
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
  /** Fixed address of the storage endpoint by zone letter. */
  readonly storageAddresses: Readonly<Record<string, string>>;
  readonly tierFlows: readonly TierFlow[];
  readonly egress: readonly ResolvedEgress[];
}

const SHARED = ["public", "egress", "firewall", "dmz", "data", "endpoints"] as const;

/** Where a party stands. Services of the hypervisor stand nowhere: no ACL sees them. */
function tierOf(services: readonly ResolvedService[], party: string): Tier | "internet" | undefined {
  if (party.startsWith("outside/")) return "internet";
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

const holdsFixed = (subnet: Subnet, services: readonly ResolvedService[]): boolean =>
  subnet.tier === "endpoints" || services.some(({ hosts }) => hosts.some((host) => host.subnet === subnet.name));

export function networkOf(environment: Environment, services: readonly ResolvedService[]): Network {
  const between = ({ from, to, protocol, port }: Pick<ResolvedFlow, "from" | "to" | "protocol" | "port">) => {
    const [source, target] = [tierOf(services, from), tierOf(services, to)];
    return source === undefined || target === undefined ? [] : [{ from: source, to: target, protocol, port }];
  };
  const egress = services.flatMap((service) => service.egress);
  const tierFlows: readonly TierFlow[] = [
    ...services
      .flatMap((service) => service.flows)
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
    ].map((subnet) => (holdsFixed(subnet, services) ? { ...subnet, reserved: fixedRange(subnet) } : subnet)),
    storageAddresses: Object.fromEntries(
      sharedSubnets(environment, "endpoints").map((subnet) => [subnet.zone.letter, endpointAddress(subnet)]),
    ),
    tierFlows: [...new Map(tierFlows.map((flow) => [Object.values(flow).join(" "), flow])).values()],
    egress,
  };
}
