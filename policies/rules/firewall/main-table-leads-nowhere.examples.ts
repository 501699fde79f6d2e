import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const main = (table: JsonObject, more: JsonObject = {}) => ({
  aws_vpc: { main: {} },
  aws_default_route_table: { main: { default_route_table_id: "${aws_vpc.main.default_route_table_id}", ...table } },
  ...more,
});
const out = { cidr_block: "0.0.0.0/0", gateway_id: "igw-0a1b2c3d" };

export const examples: Examples = {
  good: [
    { title: "a main table without routes", resources: main({ route: [] }) },
    { title: "a VPC whose main table nobody manages: it has no routes", resources: { aws_vpc: { main: {} } } },
  ],
  bad: [
    {
      title: "a way out for whatever subnet comes",
      resources: main({ route: [out], propagating_vgws: ["vgw-0a1b2c3d"] }),
      finds: ["aws_default_route_table.main route[0]", "aws_default_route_table.main propagating_vgws"],
    },
    {
      title: "a route added to it by its VPC's name for it",
      resources: main(
        {},
        {
          aws_route: {
            out: {
              route_table_id: "${aws_vpc.main.main_route_table_id}",
              ...{ destination_ipv6_cidr_block: "::/0", gateway_id: "igw-0a1b2c3d" },
            },
          },
        },
      ),
      finds: ["aws_route.out gateway_id"],
    },
    {
      title: "a table that has been made the main one",
      resources: {
        aws_vpc: { main: {} },
        aws_route_table: { out: { vpc_id: "${aws_vpc.main.id}", route: [out] } },
        aws_main_route_table_association: {
          main: { vpc_id: "${aws_vpc.main.id}", route_table_id: "${aws_route_table.out.id}" },
        },
      },
      finds: ["aws_route_table.out route[0]"],
    },
  ],
  unknown: [
    {
      title: "a variable decides whereto",
      resources: main({ route: [{ ...out, cidr_block: "${var.cidr}" }] }),
      finds: ["aws_default_route_table.main route[0]"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_default_route_table", "give the main table a way out", (table) => ({ ...table, route: [out] })),
  addResource(
    "make a table with a way out the main one",
    "aws_main_route_table_association",
    {
      vpc_id: "${aws_vpc.network_vpc.id}",
      route_table_id: "${aws_route_table.subnets_public-a-routes.id}",
    },
    "network",
  ),
];
