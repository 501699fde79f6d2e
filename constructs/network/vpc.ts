import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl/index.js";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table/index.js";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group/index.js";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway/index.js";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc/index.js";
import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options/index.js";
import { VpcDhcpOptionsAssociation } from "@cdktf/provider-aws/lib/vpc-dhcp-options-association/index.js";
import { Construct } from "constructs";
import { addressRange } from "./address.ts";
import { FlowLog, type FlowLogProps } from "./flow-log.ts";

/** Range, names and log destination of a VPC. */
export interface VpcProps {
  /** Name in AWS. */
  readonly name: string;
  readonly cidr: string;
  readonly flowLog: Omit<FlowLogProps, "vpcId" | "name">;
}

/**
 * A VPC with its internet gateway, DHCP options and flow log.
 *
 * Closes what AWS makes open by default: the default security group has no rules, the default network ACL denies
 * everything, the default route table holds no route; so what nobody placed on purpose reaches nothing.
 * Defaults to the resolver of AWS and the Amazon Time Sync Service (TKT-2.1, ALC-1.5). It sets no search domain: each
 * short name would cost one more refused query.
 */
export class Vpc extends Construct {
  readonly id: string;
  readonly cidr: string;
  readonly internetGateway: InternetGateway;

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const vpc = new AwsVpc(this, "vpc", {
      cidrBlock: addressRange(props.cidr).cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: props.name },
    });
    this.id = vpc.id;
    this.cidr = props.cidr;
    const closed = { Name: `${props.name}-default-closed` };
    new DefaultSecurityGroup(this, "default-group", { vpcId: vpc.id, ingress: [], egress: [], tags: closed });
    new DefaultNetworkAcl(this, "default-nacl", {
      defaultNetworkAclId: vpc.defaultNetworkAclId,
      tags: closed,
      // AWS moves a subnet here between two ACLs of its own; claiming the list would fight over it.
      lifecycle: { ignoreChanges: ["subnet_ids"] },
    });
    new DefaultRouteTable(this, "default-routes", {
      defaultRouteTableId: vpc.defaultRouteTableId,
      route: [],
      tags: closed,
    });
    const dhcp = new VpcDhcpOptions(this, "dhcp", {
      domainNameServers: ["AmazonProvidedDNS"],
      ntpServers: ["169.254.169.123"],
      tags: { Name: props.name },
    });
    new VpcDhcpOptionsAssociation(this, "dhcp-association", { vpcId: vpc.id, dhcpOptionsId: dhcp.id });
    this.internetGateway = new InternetGateway(this, "internet", { vpcId: vpc.id, tags: { Name: props.name } });
    new FlowLog(this, "flow-log", { ...props.flowLog, vpcId: vpc.id, name: props.name });
  }
}
