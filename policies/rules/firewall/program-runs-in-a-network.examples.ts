import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const network = { subnet_ids: ["${aws_subnet.a.id}"], security_group_ids: ["${aws_security_group.a.id}"] };

export const examples: Examples = {
  good: [
    {
      title: "a function, a build, a canary and a job in a network",
      resources: {
        aws_lambda_function: { main: { vpc_config: network } },
        aws_codebuild_project: { main: { vpc_config: { vpc_id: "vpc-1", subnets: ["subnet-1"] } } },
        aws_synthetics_canary: { main: { vpc_config: [network] } },
        aws_glue_job: { main: { connections: ["${aws_glue_connection.main.name}"] } },
      },
    },
    {
      title: "a function at the edge, where there is no network",
      resources: {
        aws_lambda_function: { edge: { publish: true }, other: { vpc_config: network } },
        aws_cloudfront_distribution: {
          main: {
            default_cache_behavior: [
              {
                lambda_function_association: [
                  { event_type: "viewer-request", lambda_arn: "${aws_lambda_function.edge.qualified_arn}" },
                ],
              },
            ],
          },
        },
      },
    },
    {
      title: "notebooks, models, warehouses and services that go through a network",
      resources: {
        aws_sagemaker_notebook_instance: { main: { subnet_id: "subnet-1", direct_internet_access: "Disabled" } },
        aws_sagemaker_model: { main: { enable_network_isolation: true }, other: { vpc_config: { subnets: ["s"] } } },
        aws_sagemaker_domain: { main: { app_network_access_type: "VpcOnly" } },
        aws_redshift_cluster: { main: { enhanced_vpc_routing: true } },
        aws_apprunner_service: {
          main: { network_configuration: { egress_configuration: { egress_type: "VPC", vpc_connector_arn: "arn" } } },
        },
        aws_bedrockagentcore_code_interpreter: { main: { network_configuration: [{ network_mode: "SANDBOX" }] } },
        aws_workspaces_directory: { main: {} },
      },
    },
  ],
  bad: [
    {
      title: "programs of which nothing is said",
      resources: {
        aws_apprunner_service: { main: {} },
        aws_codebuild_project: { main: {} },
        aws_glue_dev_endpoint: { main: {} },
        aws_glue_job: { main: {} },
        aws_kinesisanalyticsv2_application: { main: {} },
        aws_lambda_function: { main: {} },
        aws_redshift_cluster: { main: {} },
        aws_redshiftserverless_workgroup: { main: {} },
        aws_sagemaker_domain: { main: {} },
        aws_sagemaker_model: { main: {} },
        aws_sagemaker_notebook_instance: { main: {} },
        aws_synthetics_canary: { main: {} },
      },
      finds: [
        "aws_apprunner_service.main network_configuration.egress_configuration.egress_type",
        "aws_codebuild_project.main vpc_config",
        "aws_glue_dev_endpoint.main subnet_id",
        "aws_glue_job.main connections",
        "aws_kinesisanalyticsv2_application.main application_configuration.vpc_configuration",
        "aws_lambda_function.main vpc_config.subnet_ids",
        "aws_redshift_cluster.main enhanced_vpc_routing",
        "aws_redshiftserverless_workgroup.main enhanced_vpc_routing",
        "aws_sagemaker_domain.main app_network_access_type",
        "aws_sagemaker_model.main vpc_config",
        "aws_sagemaker_notebook_instance.main direct_internet_access",
        "aws_synthetics_canary.main vpc_config.subnet_ids",
      ],
    },
    {
      title: "a network that is empty, and ways beside it",
      resources: {
        aws_lambda_function: { main: { vpc_config: { subnet_ids: [], security_group_ids: [] } } },
        aws_sagemaker_notebook_instance: { main: { subnet_id: "subnet-1", direct_internet_access: "Enabled" } },
        aws_appstream_fleet: { main: { enable_default_internet_access: true } },
        aws_bedrockagentcore_browser: { main: { network_configuration: [{ network_mode: "PUBLIC" }] } },
        aws_workspaces_directory: { main: { workspace_creation_properties: [{ enable_internet_access: true }] } },
      },
      finds: [
        "aws_appstream_fleet.main enable_default_internet_access",
        "aws_bedrockagentcore_browser.main network_configuration.network_mode",
        "aws_lambda_function.main vpc_config.subnet_ids",
        "aws_sagemaker_notebook_instance.main direct_internet_access",
        "aws_workspaces_directory.main workspace_creation_properties.enable_internet_access",
      ],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: {
        aws_lambda_function: { main: { vpc_config: { subnet_ids: "${var.subnets}" } } },
        aws_redshift_cluster: { main: { enhanced_vpc_routing: "${var.inside}" } },
      },
      finds: ["aws_lambda_function.main vpc_config.subnet_ids", "aws_redshift_cluster.main enhanced_vpc_routing"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("run a function beside the networks", "aws_lambda_function", {
    function_name: "prd-plt-report",
    role: "arn:aws:iam::123456789012:role/report",
    runtime: "python3.13",
    handler: "report.handler",
    filename: "report.zip",
  }),
];
