import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

export const examples: Examples = {
  good: [
    {
      title: "an address of an interface of the outputs, and one for a NAT gateway",
      resources: {
        aws_network_interface: { a: { subnet_id: "subnet-1" } },
        aws_eip: {
          a: { network_interface: "${aws_network_interface.a.id}" },
          nat: { domain: "vpc", instance: null },
        },
        aws_nat_gateway: { nat: { allocation_id: "${aws_eip.nat.id}" } },
      },
    },
  ],
  bad: [
    {
      title: "an address of an instance by its id",
      resources: { aws_eip: { a: { instance: "i-0123456789abcdef0" } } },
      finds: ["aws_eip.a instance"],
    },
    {
      title: "an address that an association gives to an interface of another state",
      resources: {
        aws_eip: { a: { domain: "vpc" } },
        aws_eip_association: {
          a: { allocation_id: "${aws_eip.a.id}", network_interface_id: "eni-0123456789abcdef0" },
        },
      },
      finds: ["aws_eip_association.a network_interface_id"],
    },
  ],
  unknown: [
    {
      title: "an address of an instance that a variable names",
      resources: { aws_eip: { a: { instance: "${var.instance}" } } },
      finds: ["aws_eip.a instance"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("give a host an address by its id", "aws_eip_association", {
    allocation_id: "eipalloc-0123456789abcdef0",
    instance_id: "i-0123456789abcdef0",
  }),
];
