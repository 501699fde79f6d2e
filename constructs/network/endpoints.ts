import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint/index.js";
import { Construct } from "constructs";
import ipaddr from "ipaddr.js";
import { endpointPolicy, type Perimeter } from "./endpoint-policy.ts";
import { SecurityGroup } from "./security-group.ts";
import type { Subnet } from "./subnets.ts";

/** One AWS service reached without the internet. */
export interface InterfaceEndpoint {
  /** Last part of the service's name, such as `ssm` or `ecr.api`. */
  readonly service: string;
  /** Private address by zone letter, for firewalls that name it; default: AWS picks. One for every subnet or none. */
  readonly addresses?: Readonly<Record<string, string>>;
}

/** Which services, from where, for whom. */
export interface EndpointsProps extends Perimeter {
  readonly vpcId: string;
  /** Prefix of names in AWS. */
  readonly namePrefix: string;
  /** Subnets of tier `endpoints`, one a zone. */
  readonly subnets: readonly Subnet[];
  readonly interfaces: readonly InterfaceEndpoint[];
  /** Route tables that get the S3 gateway endpoint; default: none, and then no gateway endpoint. */
  readonly gatewayRouteTableIds?: readonly string[];
}

/**
 * Interface endpoints with private DNS, each with its own security group, and the S3 gateway endpoint.
 *
 * Own groups, because a group for all would let whoever may write logs read secrets too. `connect()` opens them.
 * S3 answers every client in the VPC by its interface endpoint: "private DNS only for the inbound resolver", the default
 * of AWS, would leave hosts with public addresses that no host firewall can name; it is set to false and not left out.
 * Refuses a service twice, and fixed addresses that miss a subnet or lie outside theirs.
 */
export class Endpoints extends Construct {
  /** The group of each endpoint by service, as a peer for `connect()`. */
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  /** Prefix list of the S3 gateway endpoint, when there is one. */
  readonly s3PrefixListId: string | undefined;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { vpcId, namePrefix, subnets, interfaces } = props;
    this.groups = new Map(
      interfaces.map((endpoint): [string, SecurityGroup] => {
        const { service } = endpoint;
        if (interfaces.find((other) => other.service === service) !== endpoint) {
          throw new Error(`endpoints: ${service} is listed twice`);
        }
        const name = service.replaceAll(".", "-");
        const awsName = `${namePrefix}-endpoint-${name}`;
        const group = new SecurityGroup(this, `${name}-access`, {
          vpcId,
          name: `endpoint-${name}`,
          awsName,
          description: `Interface endpoint of ${service}`,
        });
        const policy = endpointPolicy(service, props);
        new VpcEndpoint(this, name, {
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
          ...fixed(endpoint, subnets),
          securityGroupIds: [group.id],
          ...(policy === undefined ? {} : { policy }),
          tags: { Name: awsName },
        });
        return [service, group];
      }),
    );
    this.s3PrefixListId = this.#gateway(props);
  }

  #gateway(props: EndpointsProps): string | undefined {
    const { gatewayRouteTableIds = [] } = props;
    const policy = endpointPolicy("s3", props);
    if (gatewayRouteTableIds.length === 0 || policy === undefined) {
      return undefined;
    }
    return new VpcEndpoint(this, "s3-gateway", {
      vpcId: props.vpcId,
      serviceName: `com.amazonaws.${props.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: [...gatewayRouteTableIds],
      policy,
      tags: { Name: `${props.namePrefix}-endpoint-s3-gateway` },
    }).prefixListId;
  }
}

function fixed({ service, addresses }: InterfaceEndpoint, subnets: readonly Subnet[]) {
  if (addresses === undefined) {
    return {};
  }
  return {
    subnetConfiguration: subnets.map((subnet) => {
      const address = addresses[subnet.zone] ?? "";
      if (!ipaddr.IPv4.isValid(address) || !ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(subnet.cidr))) {
        throw new Error(
          `endpoint ${service}: zone ${subnet.zone} needs an address in ${subnet.cidr}, got "${address}"`,
        );
      }
      return { subnetId: subnet.id, ipv4: address };
    }),
  };
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
