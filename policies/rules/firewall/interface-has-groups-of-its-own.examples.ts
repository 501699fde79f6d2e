import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { listOf } from "../../model/json.ts";

const network = {
  aws_vpc: { main: {} },
  aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}" } },
  aws_security_group: { own: {} },
};
const own = "${aws_security_group.own.id}";
const inOwn = { subnet_id: "${aws_subnet.a.id}", vpc_security_group_ids: [own] };
const inSubnet = { subnets: ["${aws_subnet.a.id}"] };

export const examples: Examples = {
  good: [
    {
      title: "groups of their own",
      resources: {
        ...network,
        aws_lb: {
          web: { ...inSubnet, load_balancer_type: "network", security_groups: ["${aws_security_group.own.id}"] },
        },
        aws_lambda_function: { outside: {} },
      },
    },
  ],
  bad: [
    {
      title: "a network load balancer without groups",
      resources: { ...network, aws_lb: { web: { ...inSubnet, load_balancer_type: "network" } } },
      finds: ["aws_lb.web security_groups"],
    },
    {
      title: "a host, a database and an endpoint that name no group",
      resources: {
        ...network,
        aws_instance: { host: { subnet_id: "${aws_subnet.a.id}" } },
        aws_db_subnet_group: { main: { subnet_ids: ["${aws_subnet.a.id}"] } },
        aws_db_instance: { main: { db_subnet_group_name: "${aws_db_subnet_group.main.name}" } },
        aws_vpc_endpoint: { kms: { vpc_endpoint_type: "Interface", subnet_ids: ["${aws_subnet.a.id}"] } },
      },
      finds: [
        "aws_instance.host security_groups",
        "aws_db_instance.main security_groups",
        "aws_vpc_endpoint.kms security_groups",
      ],
    },
    {
      title: "the default group beside one of its own",
      resources: {
        ...network,
        aws_instance: {
          host: {
            vpc_security_group_ids: ["${aws_security_group.own.id}", "${aws_vpc.main.default_security_group_id}"],
          },
        },
      },
      finds: ["aws_instance.host security_groups"],
    },
  ],
  unknown: [
    {
      title: "interfaces of elsewhere that a host is given",
      resources: {
        ...network,
        aws_network_interface: { own: { subnet_id: "${aws_subnet.a.id}", security_groups: [own] } },
        aws_instance: {
          host: { ...inOwn, network_interface: [{ network_interface_id: "eni-0a1b2c3d" }] },
          fine: { ...inOwn, network_interface: [{ network_interface_id: "${aws_network_interface.own.id}" }] },
        },
        aws_network_interface_attachment: {
          more: { instance_id: "${aws_instance.host.id}", network_interface_id: "eni-0d3c2b1a" },
        },
      },
      finds: ["aws_network_interface_attachment.more security_groups", "aws_instance.host security_groups"],
    },
    {
      title: "groups of elsewhere beside one of their own",
      resources: {
        ...network,
        aws_instance: {
          host: { ...inSubnet, vpc_security_group_ids: ["${aws_security_group.own.id}", "sg-0a1b2c3d"] },
        },
        aws_lb: { web: { ...inSubnet, security_groups: ["${aws_security_group.own.id}", "${var.group}"] } },
      },
      finds: ["aws_instance.host security_groups", "aws_lb.web security_groups"],
    },
    {
      title: "a host in a subnet of elsewhere that names no group",
      resources: { aws_instance: { host: { subnet_id: "${var.subnet}" } } },
      finds: ["aws_instance.host security_groups"],
    },
  ],
};

const elsewhere = "sg-0a1b2c3d";

export const mutations: readonly Mutation[] = [
  onResource("aws_instance", "add a group of elsewhere to a host", (host) => ({
    ...host,
    vpc_security_group_ids: [...listOf(host.vpc_security_group_ids), elsewhere],
  })),
  onResource("aws_efs_mount_target", "add a group of elsewhere to a file system", (target) => ({
    ...target,
    security_groups: [...listOf(target.security_groups), elsewhere],
  })),
  onResource("aws_instance", "name no group", ({ vpc_security_group_ids: _, ...host }) => host),
  onResource(
    "aws_lb",
    "name no group for a network load balancer",
    ({ security_groups: _, ...lb }) => lb,
    (lb) => lb.attributes["load_balancer_type"] === "network",
  ),
  onResource("aws_rds_cluster", "name no group for a database", ({ vpc_security_group_ids: _, ...cluster }) => cluster),
  onResource("aws_efs_mount_target", "name no group for a file system", ({ security_groups: _, ...target }) => target),
];
