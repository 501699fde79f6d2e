import type { Estate } from "../../estate.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../../value.ts";
import { type Interface, type InterfaceOf, interfaceOf, mappedBy } from "./interface.ts";
import { BARE, givenBy, templateNamed } from "./launch-templates.ts";

/** Endpoints of AWS services and of others, functions, tasks, builds, and clusters of Kubernetes. */
export const interfacesOfPlatforms = (estate: Estate): readonly Interface[] => [
  ...interfacesOfEndpoints(estate),
  ...SERVICES.flatMap((service) =>
    estate.terraform.ofType(service.type).flatMap((resource) => interfacesOfService(estate, resource, service)),
  ),
  ...estate.terraform.ofType("aws_eks_cluster").map((resource) => interfaceOfCluster(estate, resource)),
  ...estate.terraform.ofType("aws_eks_node_group").flatMap((resource) => interfacesOfNodeGroup(estate, resource)),
];

function interfacesOfEndpoints(estate: Estate): readonly Interface[] {
  const { terraform } = estate;
  const associated = Map.groupBy(
    terraform.ofType("aws_vpc_endpoint_subnet_association", "aws_vpc_endpoint_security_group_association"),
    ({ block }) => terraform.find(block.text("vpc_endpoint_id")),
  );
  return terraform
    .ofType("aws_vpc_endpoint")
    .filter(hasInterfaces)
    .map((resource) => {
      const { block } = resource;
      const placed = block.blocks("subnet_configuration");
      const more = (name: string): readonly Value<string>[] =>
        (associated.get(resource) ?? []).flatMap((each) => each.block.texts(name));
      return interfaceOf(estate, resource, {
        what: "endpoint",
        name: block.text("service_name"),
        subnets: [...block.texts("subnet_ids"), ...more("subnet_id")],
        groups: [...block.texts("security_group_ids"), ...more("security_group_id")],
        fixed: placed.flatMap((each) => [each.text("ipv4"), each.text("ipv6")]),
      });
    });
}

/** The default type of an endpoint is that of a gateway, which has none. */
function hasInterfaces({ block }: Resource): boolean {
  const type = block.text("vpc_endpoint_type") ?? "Gateway";
  return isUnknown(type) || (type !== "Gateway" && type !== "GatewayLoadBalancer");
}

interface Service {
  readonly type: string;
  readonly what: InterfaceOf;
  /** The block that says where it is; without one it is in no VPC. */
  readonly in: string;
  readonly subnets: string;
  readonly groups: string;
  readonly public?: string;
}

const AWSVPC = { what: "task", in: "network_configuration", subnets: "subnets", groups: "security_groups" } as const;
const VPC_CONFIG = { in: "vpc_config", subnets: "subnet_ids", groups: "security_group_ids" } as const;

const SERVICES: readonly Service[] = [
  { type: "aws_lambda_function", what: "function", ...VPC_CONFIG },
  { type: "aws_ecs_service", ...AWSVPC, public: "assign_public_ip" },
  { type: "aws_ecs_task_set", ...AWSVPC, public: "assign_public_ip" },
  { type: "aws_codebuild_project", what: "task", ...VPC_CONFIG, subnets: "subnets" },
  { type: "aws_synthetics_canary", what: "function", ...VPC_CONFIG },
  { type: "aws_batch_compute_environment", what: "task", ...VPC_CONFIG, in: "compute_resources", subnets: "subnets" },
  { type: "aws_mwaa_environment", what: "service", ...VPC_CONFIG, in: "network_configuration" },
  {
    type: "aws_apprunner_vpc_connector",
    what: "service",
    ...VPC_CONFIG,
    in: "",
    subnets: "subnets",
    groups: "security_groups",
  },
  {
    type: "aws_sagemaker_notebook_instance",
    what: "service",
    ...VPC_CONFIG,
    in: "",
    subnets: "subnet_id",
    groups: "security_groups",
  },
  { type: "aws_directory_service_directory", what: "service", in: "vpc_settings", subnets: "subnet_ids", groups: "" },
  { type: "aws_route53_resolver_endpoint", what: "service", in: "", subnets: "", groups: "security_group_ids" },
];

function interfacesOfService(estate: Estate, resource: Resource, service: Service): readonly Interface[] {
  const block = service.in === "" ? resource.block : resource.block.block(service.in);
  if (block === undefined) return [];
  const placed = resource.block.blocks("ip_address");
  return [
    interfaceOf(estate, resource, {
      what: service.what,
      subnets: [...textsOf(block, service.subnets), ...placed.flatMap((each) => each.texts("subnet_id"))],
      groups: textsOf(block, service.groups),
      fixed: placed.flatMap((each) => [each.text("ip"), each.text("ipv6")]),
      publicAddress: service.public === undefined ? false : (block.flag(service.public) ?? false),
      publicBy: service.public === undefined ? "" : `${service.in}.${service.public}`,
    }),
  ];
}

const textsOf = (block: Block, name: string): readonly Value<string>[] => (name === "" ? [] : block.texts(name));

/** The interfaces of a control plane: in the cluster's own group, and in those that it is given. */
function interfaceOfCluster(estate: Estate, resource: Resource): Interface {
  const network = resource.block.block("vpc_config");
  return interfaceOf(estate, resource, {
    what: "cluster",
    subnets: network?.texts("subnet_ids") ?? [],
    groups: [clusterGroup(resource), ...(network?.texts("security_group_ids") ?? [])],
  });
}

/** Nodes that EKS starts: in the groups of their launch template, or in the cluster's own, and in that for SSH. */
function interfacesOfNodeGroup(estate: Estate, resource: Resource): readonly Interface[] {
  const { block } = resource;
  const cluster = estate.terraform.find(block.text("cluster_name"), "aws_eks_cluster");
  const own = cluster === undefined ? [] : [clusterGroup(cluster)];
  const ssh = block.block("remote_access");
  const open = ssh?.has("ec2_ssh_key") === true && !ssh.has("source_security_group_ids");
  const given = block.blocks("launch_template").flatMap((each) => givenBy(templateNamed(estate, each)));
  return (given.length > 0 ? given : [BARE]).map((from) => {
    const groups = from.groups.length > 0 ? from.groups : own;
    const nodes = interfaceOf(estate, resource, {
      what: "nodes",
      name: block.text("node_group_name"),
      subnets: block.texts("subnet_ids"),
      groups: open ? [...groups, `remote access of ${resource.address}`] : groups,
      publicBy: "launch_template",
    });
    return { ...nodes, publicAddress: from.asked ?? mappedBy(nodes) };
  });
}

/** A reference to the group that EKS makes for a cluster. */
const clusterGroup = (cluster: Resource): Unknown =>
  new Unknown(
    `\${${cluster.address}.vpc_config[0].cluster_security_group_id}`,
    cluster,
    "vpc_config.0.cluster_security_group_id",
  );
