import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const all = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const session = (inputs: object) => ({
  document_type: "Session",
  content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs }),
});

export const examples: Examples = {
  good: [
    {
      title: "an entrance, a cluster and a firewall that write down what is done",
      resources: {
        aws_lb: { web: { access_logs: { bucket: "logs", enabled: "true" } } },
        aws_eks_cluster: { main: { enabled_cluster_log_types: all } },
        aws_wafv2_web_acl: { web: {} },
        aws_wafv2_web_acl_logging_configuration: { web: { resource_arn: "${aws_wafv2_web_acl.web.arn}" } },
        aws_opensearch_domain: { search: { log_publishing_options: [{ log_type: "AUDIT_LOGS" }] } },
        aws_redshift_cluster: { old: { logging: { enable: true } }, data: {} },
        aws_redshift_logging: { data: { cluster_identifier: "${aws_redshift_cluster.data.id}" } },
      },
    },
    {
      title: "a network load balancer that decrypts nothing, and so has nothing to log",
      resources: {
        aws_lb: { clients: { load_balancer_type: "network" } },
        aws_lb_listener: { clients: { load_balancer_arn: "${aws_lb.clients.arn}", protocol: "TCP" } },
      },
    },
    {
      title:
        "a public zone and sessions on hosts that are written down, a private zone and a session that forwards a port",
      resources: {
        aws_route53_zone: { public: { name: "example.org" }, private: { vpc: [{ vpc_id: "vpc-1" }] } },
        aws_route53_query_log: { public: { zone_id: "${aws_route53_zone.public.zone_id}" } },
        aws_ssm_document: {
          sessions: session({ cloudWatchLogGroupName: "/sessions", cloudWatchEncryptionEnabled: true }),
          port: { document_type: "Session", content: '{"sessionType":"Port"}' },
          command: { document_type: "Command", content: "{}" },
        },
      },
    },
    {
      title: "audits that are written and exported, brokers, builds and executions that tell what they do",
      resources: {
        aws_docdb_cluster_parameter_group: { own: { parameter: [{ name: "audit_logs", value: "all" }] } },
        aws_docdb_cluster: {
          documents: {
            enabled_cloudwatch_logs_exports: ["audit", "profiler"],
            db_cluster_parameter_group_name: "${aws_docdb_cluster_parameter_group.own.name}",
          },
          // Of a group that outputs do not show.
          others: { enabled_cloudwatch_logs_exports: ["audit"], db_cluster_parameter_group_name: "others" },
        },
        aws_db_instance: {
          data: { engine: "postgres", enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"] },
          pages: { engine: "mysql", enabled_cloudwatch_logs_exports: ["error"] },
        },
        aws_mq_broker: {
          rabbit: { engine_type: "RabbitMQ", logs: { general: true } },
          active: { engine_type: "ActiveMQ", logs: { general: true, audit: "true" } },
        },
        aws_msk_cluster: { log: { logging_info: { broker_logs: { s3: { enabled: true, bucket: "logs" } } } } },
        aws_sfn_state_machine: { work: { logging_configuration: { level: "ERROR" } } },
        aws_ecs_cluster: {
          plain: {},
          own: { configuration: { execute_command_configuration: { logging: "OVERRIDE", log_configuration: {} } } },
        },
        aws_codebuild_project: { build: { logs_config: { cloudwatch_logs: { group_name: "build" } } } },
        aws_globalaccelerator_accelerator: { world: { attributes: { flow_logs_enabled: true } } },
        aws_redshiftserverless_namespace: { data: { log_exports: ["userlog", "connectionlog", "useractivitylog"] } },
        aws_api_gateway_method_settings: { api: { settings: { data_trace_enabled: false, logging_level: "INFO" } } },
        aws_appsync_graphql_api: {
          errors: { log_config: { field_log_level: "ERROR" } },
          all: { log_config: { field_log_level: "ALL", exclude_verbose_content: true } },
        },
      },
    },
  ],
  bad: [
    {
      title: "a workflow engine that logs nothing or some, and commands in containers that nobody records",
      resources: {
        aws_mwaa_environment: {
          silent: {},
          some: {
            logging_configuration: {
              ...{ task_logs: { enabled: true }, scheduler_logs: { enabled: true, log_level: "INFO" } },
              ...{ webserver_logs: { enabled: true }, worker_logs: { enabled: false }, dag_processing_logs: {} },
            },
          },
        },
        aws_ecs_cluster: { main: { configuration: { execute_command_configuration: { logging: "NONE" } } } },
      },
      finds: [
        ...["scheduler", "task", "webserver", "worker", "dag_processing"].map(
          (part) => `aws_mwaa_environment.silent logging_configuration.${part}_logs`,
        ),
        "aws_mwaa_environment.some logging_configuration.worker_logs",
        "aws_mwaa_environment.some logging_configuration.dag_processing_logs",
        "aws_ecs_cluster.main configuration.execute_command_configuration.logging",
      ],
    },
    {
      title: "logs that are named and not switched on, and audits that no engine writes",
      resources: {
        aws_docdb_cluster_parameter_group: { off: { parameter: [{ name: "audit_logs", value: "disabled" }] } },
        aws_docdb_cluster: {
          off: {
            enabled_cloudwatch_logs_exports: ["audit"],
            db_cluster_parameter_group_name: "${aws_docdb_cluster_parameter_group.off.name}",
          },
          slow: { enabled_cloudwatch_logs_exports: ["profiler"], db_cluster_parameter_group_name: "others" },
        },
        aws_neptune_cluster: { graph: { enable_cloudwatch_logs_exports: ["audit"] } },
        aws_db_instance: { data: { engine: "postgres", enabled_cloudwatch_logs_exports: ["upgrade"] } },
        aws_rds_cluster: { data: { engine: "aurora-mysql", enabled_cloudwatch_logs_exports: ["error"] } },
        aws_mq_broker: {
          rabbit: { engine_type: "RabbitMQ", logs: { general: false } },
          active: { engine_type: "ActiveMQ", logs: { general: true } },
        },
        aws_msk_cluster: { log: { logging_info: { broker_logs: { cloudwatch_logs: { enabled: false } } } } },
        aws_sfn_state_machine: { work: { logging_configuration: { level: "OFF" } } },
        aws_codebuild_project: { build: { logs_config: { cloudwatch_logs: { status: "DISABLED" } } } },
        aws_globalaccelerator_accelerator: { world: { attributes: { flow_logs_s3_bucket: "logs" } } },
        aws_redshiftserverless_namespace: { data: {}, half: { log_exports: ["useractivitylog"] } },
        aws_api_gateway_method_settings: { api: { settings: { data_trace_enabled: true } } },
        aws_appsync_graphql_api: { all: { log_config: { field_log_level: "ALL" } } },
      },
      finds: [
        "aws_db_instance.data enabled_cloudwatch_logs_exports",
        "aws_rds_cluster.data enabled_cloudwatch_logs_exports",
        "aws_docdb_cluster.off enabled_cloudwatch_logs_exports",
        "aws_docdb_cluster.slow enabled_cloudwatch_logs_exports",
        "aws_neptune_cluster.graph enable_cloudwatch_logs_exports",
        "aws_redshiftserverless_namespace.data log_exports",
        "aws_redshiftserverless_namespace.half log_exports",
        "aws_mq_broker.rabbit logs",
        "aws_mq_broker.active logs",
        "aws_msk_cluster.log logging_info.broker_logs",
        "aws_api_gateway_method_settings.api settings.data_trace_enabled",
        "aws_appsync_graphql_api.all log_config",
        "aws_sfn_state_machine.work logging_configuration",
        "aws_globalaccelerator_accelerator.world attributes",
        "aws_codebuild_project.build logs_config",
      ],
    },
    {
      title: "a public zone nobody writes down, and sessions that are recorded nowhere or in clear",
      resources: {
        aws_route53_zone: { public: { name: "example.org" } },
        aws_ssm_document: {
          nowhere: session({ cloudWatchLogGroupName: "", cloudWatchEncryptionEnabled: true }),
          clear: session({ s3BucketName: "sessions", s3EncryptionEnabled: false }),
        },
      },
      finds: [
        "aws_route53_zone.public aws_route53_query_log",
        "aws_ssm_document.nowhere content",
        "aws_ssm_document.clear content",
      ],
    },
    {
      title: "nothing is said",
      resources: {
        aws_alb: { web: {} },
        aws_db_instance: { data: {} },
        aws_cloudfront_distribution: { web: {} },
        aws_mq_broker: { work: { logs: { general: false, audit: false } } },
        aws_api_gateway_stage: { api: {} },
      },
      finds: [
        "aws_alb.web access_logs",
        "aws_db_instance.data enabled_cloudwatch_logs_exports",
        "aws_mq_broker.work logs",
        "aws_cloudfront_distribution.web logging_config",
        "aws_api_gateway_stage.api access_log_settings",
      ],
    },
    {
      title: "logs that are switched off, and a cluster that leaves out who signed in",
      resources: {
        aws_lb: { web: { access_logs: { bucket: "logs", enabled: false } }, api: { access_logs: { bucket: "logs" } } },
        aws_eks_cluster: { main: { enabled_cluster_log_types: ["api", "audit"] } },
      },
      finds: ["aws_lb.web access_logs", "aws_lb.api access_logs", "aws_eks_cluster.main enabled_cluster_log_types"],
    },
  ],
  // What is named by an expression is named.
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onResource(
    "aws_lb",
    "turn access logs off",
    (lb) => ({ ...lb, access_logs: { ...lb.access_logs, enabled: false } }),
    ({ attributes }) => attributes["access_logs"] !== undefined,
  ),
  onResource("aws_eks_cluster", "log no calls of the API", (cluster) => ({
    ...cluster,
    enabled_cluster_log_types: ["scheduler"],
  })),
  onResource("aws_rds_cluster", "export only what tells nobody's deeds", (cluster) => ({
    ...cluster,
    enabled_cloudwatch_logs_exports: ["upgrade"],
  })),
  onResource("aws_rds_cluster", "export no logs", ({ enabled_cloudwatch_logs_exports: _, ...cluster }) => cluster),
  onResource("aws_wafv2_web_acl_logging_configuration", "log nothing that is refused", () => undefined),
  onResource("aws_route53_query_log", "log no questions to the public zone", () => undefined),
  onResource("aws_ssm_document", "record no sessions", (document) => ({
    ...document,
    content: document.content.replace(/"cloudWatchLogGroupName":"[^"]*"/, '"cloudWatchLogGroupName":""'),
  })),
  onResource("aws_networkfirewall_logging_configuration", "log no flows", () => undefined),
];
