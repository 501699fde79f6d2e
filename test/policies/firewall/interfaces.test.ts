import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { shownAddresses } from "../../../policies/model/addresses.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { interfaces } from "../../../policies/model/network/interfaces.ts";

/** Whatever has an address is one interface, with the groups and addresses that it really has. */

const network = {
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: {
    a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24", tags: { Tier: "app", Name: "a" } },
    b: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.2.0/24", tags: { Tier: "app", Name: "b" } },
  },
  aws_security_group: { own: { tags: { Name: "own" } }, more: {} },
};
const own = ["${aws_security_group.own.id}"];
const both = ["${aws_subnet.a.id}", "${aws_subnet.b.id}"];

/** Each interface: what, where, which groups, which addresses. */
const of = (resources: JsonObject, manifests: readonly JsonObject[] = []) =>
  estateOf({ title: "", resources: { ...network, ...resources }, manifests })
    .of(interfaces)
    .map(({ at, what, groups, addresses, fixed }) => {
      const names = groups.map(({ key }) => key.replace("example:aws_security_group.", "")).join(" + ");
      return `${at.resource} ${what} [${names}] ${shownAddresses(addresses)}${fixed ? " fixed" : ""}`;
    });

test("managed stores, over their subnet groups or by themselves", () => {
  expect(
    of({
      aws_db_subnet_group: { main: { name: "main", subnet_ids: both } },
      aws_rds_cluster: { main: { db_subnet_group_name: "main", vpc_security_group_ids: own } },
      aws_elasticache_subnet_group: { main: { subnet_ids: both } },
      aws_elasticache_replication_group: {
        main: { subnet_group_name: "${aws_elasticache_subnet_group.main.name}", security_group_ids: own },
      },
      aws_efs_mount_target: { a: { subnet_id: "${aws_subnet.a.id}", ip_address: "10.0.1.9", security_groups: own } },
      aws_opensearch_domain: { main: { vpc_options: { subnet_ids: both, security_group_ids: own } } },
    }),
  ).toEqual([
    "aws_rds_cluster.main database [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_elasticache_replication_group.main cache [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_opensearch_domain.main database [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_efs_mount_target.a files [own] 10.0.1.9/32 fixed",
  ]);
});

test("hosts, with what their templates say, and what is attached to them", () => {
  expect(
    of({
      aws_launch_template: { web: { vpc_security_group_ids: own } },
      aws_instance: {
        plain: { subnet_id: "${aws_subnet.a.id}", private_ip: "10.0.1.7" },
        made: { subnet_id: "${aws_subnet.a.id}", launch_template: [{ id: "${aws_launch_template.web.id}" }] },
      },
      aws_autoscaling_group: {
        web: { vpc_zone_identifier: both, launch_template: { id: "${aws_launch_template.web.id}" } },
      },
      aws_network_interface: {
        one: { subnet_id: "${aws_subnet.b.id}", private_ips: ["10.0.2.5"], security_groups: own },
      },
      aws_network_interface_sg_attachment: {
        one: {
          security_group_id: "${aws_security_group.more.id}",
          network_interface_id: "${aws_network_interface.one.id}",
        },
      },
    }),
  ).toEqual([
    "aws_instance.plain instance [default group of example:aws_vpc.main] 10.0.1.7/32 fixed",
    "aws_instance.made instance [own] 10.0.1.0/24",
    "aws_autoscaling_group.web instance [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_network_interface.one interface [own + more] 10.0.2.5/32 fixed",
  ]);
});

test("load balancers old and new, endpoints, functions, tasks and clusters", () => {
  expect(
    of({
      aws_alb: { web: { subnets: both, security_groups: own } },
      aws_elb: { old: { subnets: both, security_groups: own } },
      aws_lb: { net: { load_balancer_type: "network", subnet_mapping: [{ subnet_id: "${aws_subnet.a.id}" }] } },
      aws_vpc_endpoint: {
        kms: {
          ...{ vpc_endpoint_type: "Interface", security_group_ids: own },
          subnet_configuration: [{ subnet_id: "${aws_subnet.a.id}", ipv4: "10.0.1.5" }],
          subnet_ids: ["${aws_subnet.a.id}"],
        },
        s3: { route_table_ids: [] },
      },
      aws_lambda_function: { in: { vpc_config: { subnet_ids: both, security_group_ids: own } }, out: {} },
      aws_ecs_service: { api: { network_configuration: [{ subnets: both, security_groups: own }] } },
      aws_eks_cluster: { main: { vpc_config: [{ subnet_ids: both, security_group_ids: own }] } },
      aws_eks_node_group: { old: { cluster_name: "${aws_eks_cluster.main.name}", subnet_ids: both } },
    }),
  ).toEqual([
    "aws_lb.net load balancer [] 10.0.1.0/24",
    "aws_alb.web load balancer [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_elb.old load balancer [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_vpc_endpoint.kms endpoint [own] 10.0.1.5/32 fixed",
    "aws_lambda_function.in function [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_ecs_service.api task [own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_eks_cluster.main cluster [cluster group of example:aws_eks_cluster.main + own] 10.0.1.0/24, 10.0.2.0/24",
    "aws_eks_node_group.old nodes [cluster group of example:aws_eks_cluster.main] 10.0.1.0/24, 10.0.2.0/24",
  ]);
});

test("nodes of classes, by tags of subnets and groups", () => {
  const nodes = (name: string, groups: JsonObject) => ({
    ...{ apiVersion: "eks.amazonaws.com/v1", kind: "NodeClass", metadata: { name } },
    spec: { subnetSelectorTerms: [{ tags: { Tier: "app", Name: "a" } }], securityGroupSelectorTerms: [groups] },
  });
  expect(of({}, [nodes("known", { tags: { Name: "own" } }), nodes("vague", { tags: { Name: "elsewhere" } })])).toEqual([
    "NodeClass/known nodes [own] 10.0.1.0/24",
    "NodeClass/vague nodes [groups of NodeClass/vague] 10.0.1.0/24",
  ]);
});
