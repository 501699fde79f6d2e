import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { VPCS } from "./group-key.ts";

/** Where a network of ours and something beyond it are joined, or a network by itself. */
export interface Junction {
  readonly at: Place;
  readonly attribute: string;
  /** What is beyond it, for a reader: `another VPC`. Absent: the network itself, which nothing joins yet. */
  readonly beyond: string | undefined;
  /** As it is named. */
  readonly named: Value<string> | undefined;
  /** Whether it is a network of the outputs, too, so that it is judged like this one. */
  readonly isOurs: boolean;
}

const PEERING = "aws_vpc_peering_connection";

/** By type: what names what is beyond, and what that is. Names are those of the provider's documentation, version 6.66. */
const JUNCTIONS: Readonly<Record<string, readonly [attribute: string, beyond: string]>> = {
  aws_cloud9_environment_ec2: ["subnet_id", "an editor of somebody"],
  aws_customer_gateway: ["ip_address", "a site"],
  aws_datasync_agent: ["vpc_endpoint_id", "an agent of a site"],
  aws_directory_service_trust: ["remote_domain_name", "a domain of others"],
  aws_dx_gateway_association: ["dx_gateway_id", "a site by Direct Connect"],
  aws_dx_hosted_private_virtual_interface_accepter: ["virtual_interface_id", "a site by Direct Connect"],
  aws_dx_hosted_transit_virtual_interface_accepter: ["virtual_interface_id", "a site by Direct Connect"],
  aws_dx_private_virtual_interface: ["connection_id", "a site by Direct Connect"],
  aws_dx_transit_virtual_interface: ["connection_id", "a site by Direct Connect"],
  aws_ec2_client_vpn_network_association: ["client_vpn_endpoint_id", "clients of a VPN"],
  aws_ec2_instance_connect_endpoint: ["subnet_id", "whoever may open tunnels"],
  aws_ec2_local_gateway_route_table_vpc_association: ["local_gateway_route_table_id", "an outpost"],
  aws_ec2_traffic_mirror_session: ["traffic_mirror_target_id", "who reads a copy of each packet"],
  aws_ec2_transit_gateway_peering_attachment: ["peer_transit_gateway_id", "another transit gateway"],
  aws_ec2_transit_gateway_peering_attachment_accepter: ["transit_gateway_attachment_id", "another transit gateway"],
  aws_ec2_transit_gateway_vpc_attachment: ["transit_gateway_id", "a transit gateway"],
  aws_ec2_transit_gateway_vpc_attachment_accepter: ["transit_gateway_attachment_id", "a VPC of another account"],
  aws_networkmanager_vpc_attachment: ["core_network_id", "a core network"],
  aws_sagemaker_notebook_instance: ["subnet_id", "a notebook of somebody"],
  aws_storagegateway_gateway: ["gateway_name", "a site by Storage Gateway"],
  aws_odb_network_peering_connection: ["peer_network_id", "a network of Oracle"],
  [PEERING]: ["peer_vpc_id", "another VPC"],
  aws_vpc_peering_connection_accepter: ["vpc_peering_connection_id", "another VPC"],
  aws_vpc_route_server_peer: ["peer_address", "who says by BGP where packets go"],
  aws_vpclattice_service_network_vpc_association: ["service_network_identifier", "a network of services"],
  aws_vpn_connection: ["customer_gateway_id", "a site by VPN"],
  aws_vpn_gateway: ["vpc_id", "whatever a VPN leads to"],
  aws_vpn_gateway_attachment: ["vpn_gateway_id", "whatever a VPN leads to"],
  aws_workspaces_pool: ["directory_id", "desktops of people"],
  aws_workspaces_workspace: ["directory_id", "a desktop of somebody"],
  aws_workspacesweb_network_settings: ["vpc_id", "browsers of people"],
};

/** Peerings, attachments, lines, tunnels, and each network, which has none of them or some. */
export const junctions = kind<Junction>("junction of networks", ({ terraform }) => [
  ...terraform.ofType(...VPCS).map((vpc) => ({
    ...{ at: placeOfResource(vpc), attribute: "id", beyond: undefined, named: undefined, isOurs: true },
  })),
  ...terraform.ofType(...Object.keys(JUNCTIONS)).map((resource) => {
    const [attribute, beyond] = JUNCTIONS[resource.type] ?? ["id", "something"];
    const named = resource.block.text(attribute);
    const isOurs = resource.type === PEERING && terraform.find(named, ...VPCS) !== undefined;
    return { at: placeOfResource(resource), attribute, beyond, named, isOurs };
  }),
  ...terraform.ofType("aws_vpc_endpoint").flatMap(servedByOthers),
  ...terraform.ofType("aws_eks_cluster").flatMap(joinedToCluster),
]);

/** Services of AWS itself: `com.amazonaws.eu-central-1.kms`, `aws.sagemaker.eu-central-1.notebook`. */
const OF_AWS = /^(?:com\.amazonaws|aws)\.(?!vpce\.)[\w.-]+$/;

/** Whether a service of AWS is named as what an endpoint leads to. */
export function isEndpointOfAws(endpoint: Block): boolean {
  const named = endpoint.text("service_name");
  return named !== undefined && !isUnknown(named) && OF_AWS.test(named);
}

/** An endpoint through which somebody else's program answers: where no service of AWS is named, nor one of the outputs. */
function servedByOthers(resource: Resource): readonly Junction[] {
  const { block } = resource;
  const [attribute = "service_name"] = ["service_network_arn", "resource_configuration_arn"].filter((name) =>
    block.has(name),
  );
  const named = block.text(attribute);
  const isOurs = isUnknown(named) && named.resource?.type === "aws_vpc_endpoint_service";
  return isOurs || isEndpointOfAws(block)
    ? []
    : [{ at: placeOfResource(resource), attribute, beyond: "a service of others", named, isOurs: false }];
}

/** Machines outside of AWS that are nodes of a cluster, as Amazon EKS calls them hybrid. */
const joinedToCluster = (resource: Resource): readonly Junction[] =>
  resource.block.blocks("remote_network_config").map((each) => ({
    ...{
      at: placeOfResource(resource),
      attribute: "remote_network_config",
      beyond: "nodes and pods of a site",
      isOurs: false,
    },
    named: each.blocks("remote_node_networks").flatMap((some) => some.texts("cidrs"))[0],
  }));
