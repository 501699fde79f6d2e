import type { Example, Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const network = (route: JsonObject, more: JsonObject = {}) => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24" } },
  aws_route_table: { a: { vpc_id: "${aws_vpc.main.id}" } },
  aws_route_table_association: { a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.a.id}" } },
  aws_internet_gateway: { main: { vpc_id: "${aws_vpc.main.id}" } },
  aws_route: { out: { route_table_id: "${aws_route_table.a.id}", ...route } },
  ...more,
});
const internet = { destination_cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.main.id}" };
const nat = { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-0a1b2c3d4e5f60718" };
const firewall = {
  destination_cidr_block: "0.0.0.0/0",
  vpc_endpoint_id: "${aws_networkfirewall_firewall.main.firewall_status[0].sync_states[0].attachment[0].endpoint_id}",
};

const declaration: NonNullable<Example["declaration"]> = {
  services: [
    {
      ...{ name: "shop", components: [], stores: [], entrypoints: [], flows: [], secrets: [], backups: [] },
      egress: [{ from: "shop/api", sources: ["10.0.1.7/32"], domain: "api.example.org", port: 443, why: "" }],
    },
  ],
};
const FOUND = (attribute: string) => [`aws_route.out ${attribute}`];

export const examples: Examples = {
  good: [
    {
      title: "a subnet without a way out",
      resources: { aws_vpc: { main: {} }, aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}" } } },
      declaration: {},
    },
    {
      title: "a way out through the firewall, for declared names",
      resources: network(firewall, { aws_networkfirewall_firewall: { main: { vpc_id: "${aws_vpc.main.id}" } } }),
      declaration,
    },
    {
      title: "the subnet of a NAT gateway",
      resources: network(internet, { aws_nat_gateway: { main: { subnet_id: "${aws_subnet.a.id}" } } }),
      declaration: {},
    },
    {
      title: "the subnet of the firewall",
      resources: network(nat, {
        aws_networkfirewall_firewall: { main: { subnet_mapping: { subnet_id: "${aws_subnet.a.id}" } } },
      }),
      declaration: {},
    },
  ],
  bad: [
    {
      title: "a way out that nobody declared",
      resources: network(nat),
      declaration: {},
      finds: FOUND("nat_gateway_id"),
    },
    { title: "a way around the firewall", resources: network(nat), declaration, finds: FOUND("nat_gateway_id") },
    { title: "a way in and out", resources: network(internet), declaration, finds: FOUND("gateway_id") },
    {
      title: "half of the internet, in the table itself",
      resources: network(nat, {
        aws_route: {},
        aws_route_table: {
          a: { vpc_id: "${aws_vpc.main.id}", route: [{ cidr_block: "128.0.0.0/1", gateway_id: "igw-0a1b2c3d" }] },
        },
      }),
      declaration: {},
      finds: ["aws_route_table.a route[0].gateway_id"],
    },
    {
      title: "a way out over IPv6",
      resources: network({ destination_ipv6_cidr_block: "0::0/0", egress_only_gateway_id: "eigw-0a1b2c3d" }),
      declaration,
      finds: FOUND("egress_only_gateway_id"),
    },
    {
      title: "a way out in the main table, which the subnet has by default",
      resources: network(internet, {
        aws_route_table_association: {},
        aws_default_route_table: {
          main: {
            default_route_table_id: "${aws_vpc.main.default_route_table_id}",
            route: [{ ...internet, cidr_block: "0.0.0.0/0" }],
          },
        },
        aws_route: {},
      }),
      declaration: {},
      finds: ["aws_default_route_table.main route[0].gateway_id"],
    },
    {
      title: "another network, by peering, by a transit gateway and by a VPN",
      resources: network(
        { destination_cidr_block: "10.9.0.0/16", vpc_peering_connection_id: "pcx-0a1b2c3d" },
        {
          aws_route_table: {
            a: {
              vpc_id: "${aws_vpc.main.id}",
              propagating_vgws: ["vgw-0a1b2c3d"],
              route: [{ cidr_block: "192.168.0.0/16", transit_gateway_id: "tgw-0a1b2c3d" }],
            },
          },
        },
      ),
      declaration,
      finds: [
        "aws_route_table.a route[0].transit_gateway_id",
        "aws_route.out vpc_peering_connection_id",
        "aws_route_table.a propagating_vgws",
      ],
    },
    {
      title: "a gateway that adds routes by itself, in a resource of its own",
      resources: network(
        {},
        {
          aws_route: {},
          aws_vpn_gateway_route_propagation: {
            a: { route_table_id: "${aws_route_table.a.id}", vpn_gateway_id: "vgw-0a1b2c3d" },
          },
        },
      ),
      declaration,
      finds: ["aws_route_table.a propagating_vgws"],
    },
    {
      title: "a host that routes",
      resources: network({ destination_cidr_block: "10.0.2.0/24", network_interface_id: "eni-0a1b2c3d" }),
      declaration,
      finds: FOUND("network_interface_id"),
    },
  ],
  unknown: [
    {
      title: "a variable decides whereto",
      resources: network({ destination_cidr_block: "${var.cidr}", nat_gateway_id: "nat-0a1b2c3d4e5f60718" }),
      declaration: {},
      finds: FOUND("nat_gateway_id"),
    },
  ],
};

const table = "${aws_route_table.subnets_data-a-routes.id}";
const add = (title: string, route: JsonObject): Mutation =>
  addResource(title, "aws_route", { route_table_id: table, ...route }, "network");

export const mutations: readonly Mutation[] = [
  add("give data a way out", { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.nat_a.id}" }),
  add("give data half a way out", {
    destination_cidr_block: "0.0.0.0/1",
    gateway_id: "${aws_internet_gateway.network_internet.id}",
  }),
  add("give data a way out over IPv6", { destination_ipv6_cidr_block: "2000::/3", gateway_id: "igw-0a1b2c3d" }),
  add("peer with another network", {
    destination_cidr_block: "10.99.0.0/16",
    vpc_peering_connection_id: "pcx-0a1b2c3d",
  }),
  addResource(
    "let a VPN add routes",
    "aws_vpn_gateway_route_propagation",
    { route_table_id: table, vpn_gateway_id: "vgw-0a1b2c3d" },
    "network",
  ),
  add("join a transit gateway", { destination_cidr_block: "10.0.0.0/8", transit_gateway_id: "tgw-0a1b2c3d" }),
  onResource(
    "aws_route",
    "lead around the firewall",
    ({ vpc_endpoint_id: _, ...route }) => ({ ...route, nat_gateway_id: "${aws_nat_gateway.nat_a.id}" }),
    (route) =>
      route.attributes["vpc_endpoint_id"] !== undefined && route.attributes["destination_cidr_block"] === "0.0.0.0/0",
  ),
];
