import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint/index.js";
import { Construct } from "constructs";
import ipaddr from "ipaddr.js";
import { addressRange, contains } from "./address.ts";
import { endpointPolicy, type Perimeter } from "./endpoint-policy.ts";
import { SecurityGroup } from "./security-group.ts";
import type { Subnet } from "./subnets.ts";

/** One AWS service reached without the internet. */
export interface InterfaceEndpoint {
  /** Last part of the service's name, such as `ssm` or `ecr.api`. */
  readonly service: string;
  /** Endpoints of one group share a security group: whoever reaches one reaches all. */
  readonly group: string;
  /** Private address by zone letter, one for every subnet: firewalls and network policies name them. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** Which services, from where, for whom. */
export interface EndpointsProps extends Perimeter {
  readonly vpcId: string;
  /** Prefix of names in AWS. */
  readonly namePrefix: string;
  /** Subnets of tier `endpoints` that get an address of each endpoint, one a zone. */
  readonly subnets: readonly Subnet[];
  readonly interfaces: readonly InterfaceEndpoint[];
}

/**
 * Interface endpoints with private DNS, and a security group for each group of them.
 *
 * Several groups, because one for all would let whoever may write logs read secrets too. `connect()` opens them.
 * S3 answers every client in the VPC by its interface endpoint: "private DNS only for the inbound resolver", the default
 * of AWS, would leave hosts with public addresses that no host firewall can name; it is set to false and not left out.
 * A gateway endpoint beside it would get no traffic, so there is none.
 * All come after the reservations of their subnets: AWS would else give one a fixed address meant for another.
 * Refuses a service or an address twice, and addresses that miss a subnet or lie outside theirs.
 */
export class Endpoints extends Construct {
  /** The security group of each group of endpoints, as a peer `endpoint-<group>` for `connect()`. */
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  /** Id of each endpoint by service, for policies that admit what comes through it. */
  readonly idByService: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { vpcId, namePrefix, subnets, interfaces } = props;
    this.groups = new Map(
      [...new Set(interfaces.map(({ group }) => group))].map((group) => [group, this.#access(group, props)]),
    );
    refuseShared(interfaces);
    const ids = new Map<string, string>();
    for (const endpoint of interfaces) {
      const { service } = endpoint;
      const group = this.groups.get(endpoint.group);
      if (group === undefined || interfaces.find((other) => other.service === service) !== endpoint) {
        throw new Error(`endpoints: ${service} is listed twice`);
      }
      const name = service.replaceAll(".", "-");
      const policy = endpointPolicy(service, props);
      const made = new VpcEndpoint(this, name, {
        vpcId,
        serviceName: `com.amazonaws.${props.region}.${service}`,
        vpcEndpointType: "Interface",
        ipAddressType: "ipv4",
        privateDnsEnabled: true,
        dnsOptions: {
          dnsRecordIpType: "ipv4",
          ...(service === "s3" ? { privateDnsOnlyForInboundResolverEndpoint: false } : {}),
        },
        subnetIds: subnets.map((subnet) => subnet.id),
        subnetConfiguration: fixed(endpoint, subnets),
        securityGroupIds: [group.id],
        ...(policy === undefined ? {} : { policy }),
        tags: { Name: `${namePrefix}-endpoint-${name}` },
        dependsOn: subnets.flatMap(({ reservation }) => (reservation === undefined ? [] : [reservation])),
      });
      ids.set(service, made.id);
    }
    this.idByService = ids;
  }

  #access(group: string, { vpcId, namePrefix, interfaces }: EndpointsProps): SecurityGroup {
    const services = interfaces.filter((endpoint) => endpoint.group === group).map(({ service }) => service);
    return new SecurityGroup(this, `${group}-access`, {
      vpcId,
      name: `endpoint-${group}`,
      awsName: `${namePrefix}-endpoint-${group}`,
      description: `Interface endpoints of ${services.join(", ")}`,
    });
  }
}

function fixed({ service, addresses }: InterfaceEndpoint, subnets: readonly Subnet[]) {
  return subnets.map((subnet) => {
    const address = addresses[subnet.zone] ?? "";
    const where = `endpoint ${service}: zone ${subnet.zone} needs an address in ${subnet.cidr}`;
    const range = addressRange(subnet.cidr);
    if (!ipaddr.IPv4.isValidFourPartDecimal(address) || !contains(range, addressRange(`${address}/32`))) {
      throw new Error(`${where}, got "${address}"`);
    }
    const { first } = addressRange(`${address}/32`);
    if (first < range.first + 4n || first === range.last) {
      throw new Error(`${where}; AWS keeps ${address}, the first four and the last`);
    }
    return { subnetId: subnet.id, ipv4: address };
  });
}

/** AWS would find an address taken only when it makes the second endpoint. */
function refuseShared(interfaces: readonly InterfaceEndpoint[]): void {
  const owners = new Map<string, string>();
  for (const { service, addresses } of interfaces) {
    for (const address of Object.values(addresses)) {
      const owner = owners.get(address);
      if (owner !== undefined) {
        throw new Error(`endpoint ${service}: needs an address of its own, got ${address} of ${owner}`);
      }
      owners.set(address, service);
    }
  }
}

/** Names under which clients in the VPC find the endpoint of a service, for the DNS allow list. */
export function endpointDomains(service: string, region: string): readonly string[] {
  const base = `${region}.amazonaws.com`;
  switch (service) {
    case "s3":
      return [`s3.${base}`, `*.s3.${base}`];
    case "ecr.api":
      return [`api.ecr.${base}`];
    case "ecr.dkr":
      return [`*.dkr.ecr.${base}`];
    case "eks-auth":
      return [`eks-auth.${region}.api.aws`];
    default:
      return [`${service}.${base}`];
  }
}
