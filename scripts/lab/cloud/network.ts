import type { LabPlan } from "../plan.ts";
import { addressIn } from "./addresses.ts";
import { balancerAddresses } from "./balancers.ts";

/** Ends of the cable between the controller, which is the outside world too, and the cloud (RFC 2544). */
export const WORLD = { controller: "198.18.0.1", cloud: "198.18.0.2", anywhere: "198.18.0.3" } as const;

/** Where packets of a host leave its subnet: the first address, as in every VPC. */
export const gatewayOf = ({ estate }: Pick<LabPlan, "estate">, subnet: string): string => {
  const found = estate.network.subnets.find(({ name }) => name === subnet);
  if (found === undefined) throw new Error(`${subnet}: no such subnet`);
  return addressIn(found.cidr, 1);
};

/** Addresses the hypervisor answers at: names, time, identity. */
export const LINK_LOCAL = ["169.254.169.253", "169.254.169.123", "169.254.169.254"] as const;

/** Every address that the cloud answers at in the VPC, without repetition. */
export function cloudAddresses(plan: LabPlan): readonly string[] {
  const { estate, hosts, absent } = plan;
  return [
    ...new Set([
      ...hosts.map(({ subnet }) => gatewayOf(plan, subnet)),
      ...Object.values(estate.network.endpointAddresses).flatMap((zones) => Object.values(zones)),
      ...balancerAddresses(plan).flatMap(({ addresses }) => addresses),
      // Hosts of other services: what they would send can be sent, and what is sent to them arrives.
      ...absent.map(({ address }) => address),
      ...LINK_LOCAL,
    ]),
  ];
}

/** Addresses by which the controller calls as an outsider: anybody, a client, an administrator. */
export const outsiders = ({ estate }: Pick<LabPlan, "estate">) => {
  const { clients, admins } = estate.environment.ranges;
  return {
    internet: WORLD.controller,
    ...(clients[0] === undefined ? {} : { clients: addressIn(clients[0], 7) }),
    ...(admins[0] === undefined ? {} : { admins: addressIn(admins[0], 1) }),
  };
};

/** Commands of `ip -batch`, in the controller's network and in the cloud's. */
export function networkCommands(plan: LabPlan): { readonly controller: string; readonly cloud: string } {
  const { cidr } = plan.estate.environment;
  const length = cidr.split("/")[1];
  const [first, ...rest] = cloudAddresses(plan);
  const bridge = (name: string) => [`link add ${name} type bridge stp_state 0 forward_delay 0`, `link set ${name} up`];
  return {
    controller: lines([
      "link set lo up",
      ...bridge("br0"),
      "link add world type veth peer name world netns cloud",
      ...Object.values(outsiders(plan)).map((address) => `address add ${address}/32 dev world`),
      "link set world up",
      `route add ${WORLD.cloud} dev world src ${WORLD.controller}`,
      `route add default via ${WORLD.cloud} src ${WORLD.controller}`,
      "link add cloud type veth peer name vpc netns cloud",
      "link set cloud master br0 up",
    ]),
    cloud: lines([
      "link set lo up",
      `address add ${first}/${length} dev vpc`,
      ...rest.map((address) => `address add ${address}/32 dev vpc`),
      "link set vpc up",
      `address add ${WORLD.cloud}/32 dev world`,
      `address add ${WORLD.anywhere}/32 dev world`,
      "link set world up",
      `route add ${WORLD.controller} dev world`,
      `route add default via ${WORLD.controller}`,
    ]),
  };
}

const lines = (all: readonly string[]): string => `${all.join("\n")}\n`;
