import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

export const examples: Examples = {
  good: [
    { title: "a host as AWS makes it", resources: { aws_instance: { host: {} }, aws_network_interface: { one: {} } } },
  ],
  bad: [
    {
      title: "a host that stands in for a NAT gateway",
      resources: {
        aws_instance: { nat: { source_dest_check: false } },
        aws_network_interface: { nat: { source_dest_check: "false" } },
      },
      finds: ["aws_instance.nat source_dest_check", "aws_network_interface.nat source_dest_check"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { aws_instance: { host: { source_dest_check: "${var.check}" } } },
      finds: ["aws_instance.host source_dest_check"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_instance", "let a host forward", (host) => ({ ...host, source_dest_check: false })),
  onResource("aws_instance", "let a host forward, in words", (host) => ({ ...host, source_dest_check: "false" })),
];
