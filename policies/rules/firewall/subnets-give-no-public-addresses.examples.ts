import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

export const examples: Examples = {
  good: [
    { title: "a subnet as AWS makes it", resources: { aws_subnet: { a: {} } } },
    {
      title: "a default subnet that has been told",
      resources: { aws_default_subnet: { a: { map_public_ip_on_launch: false } } },
    },
  ],
  bad: [
    {
      title: "a subnet that gives addresses of both families",
      resources: { aws_subnet: { a: { map_public_ip_on_launch: true, assign_ipv6_address_on_creation: true } } },
      finds: ["aws_subnet.a map_public_ip_on_launch", "aws_subnet.a assign_ipv6_address_on_creation"],
    },
    {
      title: "a default subnet, which gives them by itself",
      resources: { aws_default_subnet: { a: {} } },
      finds: ["aws_default_subnet.a map_public_ip_on_launch"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { aws_subnet: { a: { map_public_ip_on_launch: "${var.public}" } } },
      finds: ["aws_subnet.a map_public_ip_on_launch"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_subnet", "give public addresses", (subnet) => ({ ...subnet, map_public_ip_on_launch: true })),
  onResource("aws_subnet", "give addresses of IPv6", (subnet) => ({
    ...subnet,
    assign_ipv6_address_on_creation: true,
  })),
];
