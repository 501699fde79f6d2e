import { hostNames, type LabPlan } from "../plan.ts";
import { balancerAddresses } from "./balancers.ts";
import { WORLD } from "./network.ts";

/** AWS services that only the pipeline calls: no endpoint of the VPC has them. */
const PIPELINE = ["ec2", "elasticloadbalancing", "iam"] as const;

/** Names of AWS in this region, and the address that answers: wildcards, for buckets have names of their own. */
export function endpointNames({ estate }: LabPlan): readonly (readonly [name: string, address: string])[] {
  const { network, environment } = estate;
  const suffix = `${environment.region}.amazonaws.com`;
  const endpoints = Object.entries(network.endpointAddresses).flatMap(([service, zones]) =>
    Object.values(zones).map((address) => [`${service}.${suffix}`, address] as const),
  );
  return [...endpoints, ...PIPELINE.map((service) => [`${service}.${suffix}`, WORLD.cloud] as const)];
}

/** Domains on the internet that the service may reach; one address stands for all. */
export const outsideNames = ({ resolved }: LabPlan): readonly string[] => [
  ...new Set(resolved.egress.map(({ domain }) => domain)),
];

/** Lines of a hosts file: private zone, load balancers. A name of many addresses is answered in turn. */
export const hostsFile = (plan: LabPlan): string =>
  [
    ...hostNames(plan.estate).map(([address, name]) => `${address} ${name}`),
    ...balancerAddresses(plan).flatMap(({ entry, addresses }) =>
      addresses.map((address) => `${address} ${entry.hostName}`),
    ),
    "",
  ].join("\n");

/** Configuration of the resolver of the VPC. What is not named here does not exist. */
export const resolverConfig = (plan: LabPlan, hosts: string): string =>
  [
    "keep-in-foreground",
    "user=root",
    "pid-file=",
    "no-resolv",
    "no-hosts",
    "bind-interfaces",
    "listen-address=169.254.169.253",
    `addn-hosts=${hosts}`,
    "address=/#/",
    ...endpointNames(plan).map(([name, address]) => `address=/${name}/${address}`),
    ...outsideNames(plan).map((name) => `address=/${name}/${WORLD.anywhere}`),
    "",
  ].join("\n");
