import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const GATEWAY = "aws_ec2_transit_gateway";
const SERVICE = "aws_vpc_endpoint_service";
const VPN = "aws_ec2_client_vpn_authorization_rule";

export const examples: Examples = {
  good: [
    {
      title: "a gateway as AWS makes it, and a service that asks first",
      resources: { [GATEWAY]: { hub: {} }, [SERVICE]: { shop: { acceptance_required: "true" } } },
    },
    {
      title: "a VPN that leads one group of people to one network",
      resources: { [VPN]: { admins: { target_network_cidr: "10.0.0.0/24", access_group_id: "S-1-5-21" } } },
    },
  ],
  bad: [
    {
      title: "whoever asks is let in",
      resources: {
        [GATEWAY]: { hub: { auto_accept_shared_attachments: "enable" } },
        [SERVICE]: { shop: { acceptance_required: false }, old: {} },
      },
      finds: [
        `${GATEWAY}.hub auto_accept_shared_attachments`,
        `${SERVICE}.shop acceptance_required`,
        `${SERVICE}.old acceptance_required`,
      ],
    },
    {
      title: "a load balancer that asks no group of who comes by an endpoint",
      resources: {
        aws_lb: { shop: { enforce_security_group_inbound_rules_on_private_link_traffic: "off" }, web: {} },
      },
      finds: ["aws_lb.shop enforce_security_group_inbound_rules_on_private_link_traffic"],
    },
    {
      title: "a VPN that leads whoever signs in to the whole network",
      resources: { [VPN]: { all: { target_network_cidr: "10.0.0.0/16", authorize_all_groups: true } } },
      finds: [`${VPN}.all authorize_all_groups`],
    },
  ],
  unknown: [
    {
      title: "variables decide",
      resources: {
        [GATEWAY]: { hub: { auto_accept_shared_attachments: "${var.accept}" } },
        [SERVICE]: { shop: { acceptance_required: "${var.ask}" } },
      },
      finds: [`${GATEWAY}.hub auto_accept_shared_attachments`, `${SERVICE}.shop acceptance_required`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("add a gateway that lets everybody join", GATEWAY, { auto_accept_shared_attachments: "enable" }),
  addResource("lead all clients of a VPN everywhere", VPN, {
    target_network_cidr: "0.0.0.0/0",
    authorize_all_groups: "true",
  }),
  addResource("offer a service to whoever asks", SERVICE, { acceptance_required: false }),
];
