import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";

const subnet = (maps: boolean | string) => ({ aws_subnet: { a: { map_public_ip_on_launch: maps } } });
const inSubnet = { subnet_id: "${aws_subnet.a.id}" };

export const examples: Examples = {
  good: [
    { title: "a host in a private subnet", resources: { ...subnet(false), aws_instance: { host: inSubnet } } },
    {
      title: "a host that refuses what its subnet gives",
      resources: { ...subnet(true), aws_instance: { host: { ...inSubnet, associate_public_ip_address: false } } },
    },
    {
      title: "a load balancer for the internet, and nothing declared",
      resources: { aws_lb: { web: { name: "web" } } },
    },
    { title: "a private database", resources: { aws_db_instance: { main: {} } } },
    {
      title: "services that stay inside",
      resources: {
        aws_apprunner_service: {
          main: { network_configuration: { ingress_configuration: { is_publicly_accessible: false } } },
        },
        aws_elastic_beanstalk_environment: { main: { setting: [{ name: "ELBScheme", value: "internal" }] } },
        aws_opensearchserverless_security_policy: {
          main: { type: "network", policy: '[{"Rules":[],"AllowFromPublic":false,"SourceVPCEs":["vpce-1"]}]' },
          keys: { type: "encryption", policy: "{}" },
        },
        aws_transfer_server: { main: { endpoint_type: "VPC", endpoint_details: { vpc_id: "vpc-1" } } },
      },
    },
  ],
  bad: [
    {
      title: "a host that asks for a public address",
      resources: { aws_instance: { host: { associate_public_ip_address: "true" } } },
      finds: ["aws_instance.host associate_public_ip_address"],
    },
    {
      title: "a host in a subnet that gives one",
      resources: { ...subnet(true), aws_instance: { host: inSubnet } },
      finds: ["aws_instance.host associate_public_ip_address"],
    },
    {
      title: "an address that is lent to a host",
      resources: {
        ...subnet(false),
        aws_instance: { host: inSubnet },
        aws_eip: { one: {} },
        aws_eip_association: { one: { instance_id: "${aws_instance.host.id}", allocation_id: "${aws_eip.one.id}" } },
      },
      finds: ["aws_instance.host aws_eip"],
    },
    {
      title: "a launch template that asks for one, used by a host and by a group of hosts",
      resources: {
        aws_launch_template: { web: { network_interfaces: [{ associate_public_ip_address: true }] } },
        aws_instance: { host: { launch_template: { id: "${aws_launch_template.web.id}" } } },
        aws_autoscaling_group: { web: { launch_template: { id: "${aws_launch_template.web.id}" } } },
      },
      finds: ["aws_instance.host associate_public_ip_address", "aws_autoscaling_group.web associate_public_ip_address"],
    },
    {
      title: "public addresses by a second interface, by the second template of a group, and by its second subnet",
      resources: {
        aws_launch_template: {
          inside: { name: "inside", network_interfaces: [{ associate_public_ip_address: false }] },
          both: {
            network_interfaces: [
              { device_index: 0, associate_public_ip_address: false },
              { device_index: 1, associate_public_ip_address: true },
            ],
          },
          silent: {},
        },
        aws_subnet: { a: { map_public_ip_on_launch: false }, b: { map_public_ip_on_launch: true } },
        aws_instance: { host: { launch_template: { id: "${aws_launch_template.both.id}" } } },
        aws_eks_node_group: { nodes: { launch_template: { name: "${aws_launch_template.both.name}" } } },
        aws_autoscaling_group: {
          mixed: {
            mixed_instances_policy: {
              launch_template: {
                launch_template_specification: { launch_template_name: "inside" },
                override: [
                  { instance_type: "m8g.large" },
                  { launch_template_specification: { launch_template_id: "${aws_launch_template.both.id}" } },
                ],
              },
            },
          },
          spread: {
            vpc_zone_identifier: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
            launch_template: { id: "${aws_launch_template.silent.id}" },
          },
        },
        aws_ec2_fleet: {
          spread: {
            launch_template_config: {
              launch_template_specification: { launch_template_id: "${aws_launch_template.silent.id}" },
              override: [{ subnet_id: "${aws_subnet.a.id}" }, { subnet_id: "${aws_subnet.b.id}" }],
            },
          },
        },
        aws_spot_fleet_request: {
          asked: {
            launch_specification: [{ subnet_id: "${aws_subnet.b.id}" }, { associate_public_ip_address: false }],
          },
          mixed: {
            launch_template_config: { launch_template_specification: { id: "${aws_launch_template.both.id}" } },
          },
        },
      },
      finds: [
        "aws_instance.host aws_launch_template.both network_interfaces[1].associate_public_ip_address",
        "aws_autoscaling_group.mixed aws_launch_template.both network_interfaces[1].associate_public_ip_address",
        "aws_autoscaling_group.spread associate_public_ip_address",
        "aws_ec2_fleet.spread associate_public_ip_address",
        "aws_spot_fleet_request.asked launch_specification[0].associate_public_ip_address",
        "aws_spot_fleet_request.mixed aws_launch_template.both network_interfaces[1].associate_public_ip_address",
        "aws_eks_node_group.nodes launch_template",
      ],
    },
    {
      title: "public databases, brokers and tasks",
      resources: {
        aws_db_instance: { main: { publicly_accessible: true } },
        aws_redshift_cluster: { main: { publicly_accessible: true } },
        aws_mq_broker: { main: { publicly_accessible: true } },
        aws_opensearch_domain: { main: {} },
        aws_msk_cluster: {
          main: { broker_node_group_info: { connectivity_info: { public_access: { type: "SERVICE_PROVIDED_EIPS" } } } },
        },
        aws_ecs_service: { main: { network_configuration: { assign_public_ip: true } } },
      },
      finds: [
        "aws_db_instance.main publicly_accessible",
        "aws_redshift_cluster.main publicly_accessible",
        "aws_opensearch_domain.main vpc_options",
        "aws_msk_cluster.main broker_node_group_info",
        "aws_mq_broker.main publicly_accessible",
        "aws_ecs_service.main network_configuration.assign_public_ip",
      ],
    },
    {
      title: "pages, dashboards and programs that AWS puts on the internet",
      resources: {
        aws_amplify_branch: { main: { branch_name: "main" } },
        aws_grafana_workspace: {
          main: {},
          inside: { network_access_control: [{ prefix_list_ids: ["pl-1"], vpce_ids: ["vpce-1"] }] },
        },
        aws_neptunegraph_graph: { main: { public_connectivity: true } },
        aws_verifiedaccess_endpoint: { main: { application_domain: "app.example.org" } },
      },
      finds: [
        "aws_amplify_branch.main branch_name",
        "aws_grafana_workspace.main network_access_control",
        "aws_neptunegraph_graph.main public_connectivity",
        "aws_verifiedaccess_endpoint.main application_domain",
      ],
    },
    {
      title: "members of a cluster, and services that are on the internet by themselves",
      resources: {
        aws_rds_cluster_instance: { main: { publicly_accessible: true } },
        aws_rds_cluster: { main: { enable_http_endpoint: true } },
        aws_apprunner_service: { main: { service_name: "main" } },
        aws_ec2_client_vpn_endpoint: { main: { server_certificate_arn: "x" } },
        aws_elastic_beanstalk_environment: { main: { name: "main" } },
        aws_globalaccelerator_accelerator: { main: { name: "main" } },
        aws_lightsail_instance: { main: { name: "main" } },
        aws_opensearchserverless_security_policy: {
          main: { type: "network", policy: '[{"Rules":[],"AllowFromPublic":true}]' },
        },
        aws_transfer_server: { main: {} },
      },
      finds: [
        "aws_rds_cluster_instance.main publicly_accessible",
        "aws_apprunner_service.main network_configuration.ingress_configuration.is_publicly_accessible",
        "aws_ec2_client_vpn_endpoint.main server_certificate_arn",
        "aws_elastic_beanstalk_environment.main setting",
        "aws_globalaccelerator_accelerator.main enabled",
        "aws_lightsail_instance.main public_ip_address",
        "aws_opensearchserverless_security_policy.main policy",
        "aws_transfer_server.main endpoint_type",
        "aws_rds_cluster.main enable_http_endpoint",
      ],
    },
    {
      title: "nodes of a cluster with public addresses",
      manifests: [
        {
          ...{ apiVersion: "eks.amazonaws.com/v1", kind: "NodeClass", metadata: { name: "web" } },
          spec: { advancedNetworking: { associatePublicIPAddress: true } },
        },
      ],
      finds: ["NodeClass/web spec.advancedNetworking.associatePublicIPAddress"],
    },
    {
      title: "a load balancer for the internet that no entrypoint declares, by omission and in the old spelling",
      resources: { aws_lb: { web: { name: "web" } }, aws_elb: { old: { internal: false } } },
      declaration: {},
      finds: ["aws_lb.web internal", "aws_elb.old internal"],
    },
  ],
  unknown: [
    {
      title: "a template of elsewhere, in a group's override too",
      resources: {
        ...subnet(false),
        aws_launch_template: { inside: { network_interfaces: [{ associate_public_ip_address: false }] } },
        aws_instance: { host: { ...inSubnet, launch_template: { id: "${var.template}" } } },
        aws_autoscaling_group: {
          mixed: {
            mixed_instances_policy: {
              launch_template: {
                launch_template_specification: { launch_template_id: "${aws_launch_template.inside.id}" },
                override: [{ launch_template_specification: { launch_template_id: "lt-0123456789abcdef0" } }],
              },
            },
          },
        },
      },
      finds: [
        "aws_instance.host associate_public_ip_address",
        "aws_autoscaling_group.mixed associate_public_ip_address",
      ],
    },
    {
      title: "variables decide of services outside of every network",
      resources: {
        aws_globalaccelerator_accelerator: { main: { enabled: "${var.on}" } },
        aws_opensearchserverless_security_policy: { main: { type: "network", policy: "${var.policy}" } },
      },
      finds: ["aws_globalaccelerator_accelerator.main enabled", "aws_opensearchserverless_security_policy.main policy"],
    },
    {
      title: "a variable decides",
      resources: { aws_instance: { host: { associate_public_ip_address: "${var.public}" } } },
      finds: ["aws_instance.host associate_public_ip_address"],
    },
    {
      title: "a subnet of elsewhere decides",
      resources: { aws_instance: { host: { subnet_id: "${var.subnet}" } } },
      finds: ["aws_instance.host associate_public_ip_address"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_rds_cluster", "take statements by HTTPS", (each) => ({ ...each, enable_http_endpoint: true })),
  addResource("start hosts from a template of elsewhere", "aws_autoscaling_group", {
    mixed_instances_policy: {
      launch_template: {
        launch_template_specification: { launch_template_id: "lt-0123456789abcdef0" },
        override: [{ launch_template_specification: { launch_template_id: "lt-0fedcba9876543210" } }],
      },
    },
  }),
  addResource("put an accelerator before what is inside", "aws_globalaccelerator_accelerator", { name: "fast" }),
  onResource("aws_instance", "give a host a public address", (host) => ({
    ...host,
    associate_public_ip_address: true,
  })),
  addResource(
    "lend a host a public address",
    "aws_eip",
    { instance: "${aws_instance.worker-a_host.id}", domain: "vpc" },
    "ticketing",
  ),
  onResource(
    "aws_lb",
    "turn an internal load balancer to the internet",
    (lb) => ({ ...lb, internal: false }),
    (lb) => lb.attributes["internal"] === true,
  ),
  onResource(
    "aws_lb",
    "turn a load balancer to the internet by omission",
    ({ internal: _, ...lb }) => lb,
    (lb) => lb.attributes["internal"] === true,
  ),
  onResource(
    "aws_lb",
    "name a load balancer as no entrypoint does",
    (lb) => ({ ...lb, name: "another" }),
    (lb) => lb.attributes["internal"] === false,
  ),
];
