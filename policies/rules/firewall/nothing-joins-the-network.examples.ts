import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const declaration = {};
const vpc = "${aws_vpc.main.id}";
const joined = (resources: JsonObject): JsonObject => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  ...resources,
});

export const examples: Examples = {
  good: [
    {
      title: "two networks of the same outputs, each judged by itself",
      resources: {
        aws_vpc: { main: { cidr_block: "10.0.0.0/16" }, more: { cidr_block: "10.1.0.0/16" } },
        aws_vpc_peering_connection: { both: { vpc_id: vpc, peer_vpc_id: "${aws_vpc.more.id}", auto_accept: true } },
      },
      declaration,
    },
    {
      title: "services of AWS, and one of the same outputs",
      resources: joined({
        aws_vpc_endpoint_service: { shop: { acceptance_required: true } },
        aws_vpc_endpoint: {
          kms: { vpc_id: vpc, service_name: "com.amazonaws.eu-central-1.kms", vpc_endpoint_type: "Interface" },
          shop: { vpc_id: vpc, service_name: "${aws_vpc_endpoint_service.shop.service_name}" },
        },
        aws_eks_cluster: { main: { vpc_config: {} } },
      }),
      declaration,
    },
  ],
  bad: [
    {
      title: "a peering with a network of elsewhere, asked for and accepted",
      resources: joined({
        aws_vpc_peering_connection: { out: { vpc_id: vpc, peer_vpc_id: "vpc-0a1b2c3d" } },
        aws_vpc_peering_connection_accepter: { in: { vpc_peering_connection_id: "pcx-0a1b2c3d", auto_accept: true } },
      }),
      declaration,
      finds: [
        "aws_vpc_peering_connection.out peer_vpc_id",
        "aws_vpc_peering_connection_accepter.in vpc_peering_connection_id",
      ],
    },
    {
      title: "a transit gateway and a core network",
      resources: joined({
        aws_ec2_transit_gateway_vpc_attachment: { hub: { vpc_id: vpc, transit_gateway_id: "tgw-0a1b2c3d" } },
        aws_networkmanager_vpc_attachment: {
          core: { core_network_id: "core-network-1", vpc_arn: "${aws_vpc.main.arn}" },
        },
      }),
      declaration,
      finds: [
        "aws_ec2_transit_gateway_vpc_attachment.hub transit_gateway_id",
        "aws_networkmanager_vpc_attachment.core core_network_id",
      ],
    },
    {
      title: "a VPN to a site, a line, and clients of a VPN",
      resources: joined({
        aws_vpn_gateway: { site: { vpc_id: vpc } },
        aws_vpn_connection: { site: { vpn_gateway_id: "${aws_vpn_gateway.site.id}", customer_gateway_id: "cgw-1" } },
        aws_dx_gateway_association: { line: { dx_gateway_id: "1", associated_gateway_id: "vgw-1" } },
        aws_ec2_client_vpn_network_association: { people: { client_vpn_endpoint_id: "cvpn-1", subnet_id: "subnet-1" } },
      }),
      declaration,
      finds: [
        "aws_dx_gateway_association.line dx_gateway_id",
        "aws_ec2_client_vpn_network_association.people client_vpn_endpoint_id",
        "aws_vpn_connection.site customer_gateway_id",
        "aws_vpn_gateway.site vpc_id",
      ],
    },
    {
      title: "services of others, and nodes of a site",
      resources: joined({
        aws_vpc_endpoint: {
          broker: { vpc_id: vpc, service_name: "com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d" },
          lattice: { vpc_id: vpc, service_network_arn: "arn:aws:vpc-lattice:eu-central-1:1:servicenetwork/sn-1" },
        },
        aws_eks_cluster: { main: { remote_network_config: { remote_node_networks: { cidrs: ["172.16.0.0/16"] } } } },
      }),
      declaration,
      finds: [
        "aws_vpc_endpoint.broker service_name",
        "aws_vpc_endpoint.lattice service_network_arn",
        "aws_eks_cluster.main remote_network_config",
      ],
    },
    {
      title: "an endpoint that tunnels to every host",
      resources: joined({ aws_ec2_instance_connect_endpoint: { admin: { subnet_id: "subnet-1" } } }),
      declaration,
      finds: ["aws_ec2_instance_connect_endpoint.admin subnet_id"],
    },
    {
      title: "desktops, editors and notebooks of people inside, and who says where packets go",
      resources: joined({
        aws_workspaces_workspace: { a: { directory_id: "d-1" } },
        aws_cloud9_environment_ec2: { a: { subnet_id: "subnet-1" } },
        aws_sagemaker_notebook_instance: { a: { subnet_id: "subnet-1" } },
        aws_vpc_route_server_peer: { a: { peer_address: "10.0.0.9" } },
      }),
      declaration,
      finds: [
        "aws_cloud9_environment_ec2.a subnet_id",
        "aws_sagemaker_notebook_instance.a subnet_id",
        "aws_vpc_route_server_peer.a peer_address",
        "aws_workspaces_workspace.a directory_id",
      ],
    },
  ],
  unknown: [
    {
      title: "a variable decides with what",
      resources: joined({ aws_vpc_peering_connection: { out: { vpc_id: vpc, peer_vpc_id: "${var.peer}" } } }),
      declaration,
      finds: ["aws_vpc_peering_connection.out peer_vpc_id"],
    },
  ],
};

const here = "${aws_vpc.network.id}";

export const mutations: readonly Mutation[] = [
  addResource("peer with a network of elsewhere", "aws_vpc_peering_connection", {
    vpc_id: here,
    peer_vpc_id: "vpc-0a1b2c3d",
  }),
  addResource("attach to a transit gateway", "aws_ec2_transit_gateway_vpc_attachment", {
    vpc_id: here,
    transit_gateway_id: "${var.hub}",
  }),
  addResource("let clients of a VPN in", "aws_ec2_client_vpn_network_association", {
    client_vpn_endpoint_id: "cvpn-endpoint-0a1b2c3d",
  }),
  onResource("aws_vpc_endpoint", "lead to a service of others", (each) => ({
    ...each,
    service_name: "com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d",
  })),
  onResource("aws_eks_cluster", "let machines of a site be nodes", (each) => ({
    ...each,
    remote_network_config: { remote_node_networks: { cidrs: ["172.16.0.0/16"] } },
  })),
  addResource("tunnel to every host", "aws_ec2_instance_connect_endpoint", { subnet_id: "subnet-0a1b2c3d" }),
];
