import type { Example } from "../../../engine/example.ts";

const stranger = "222222222222";
const arnOf = (service: string, what: string, account = stranger): string =>
  `arn:aws:${service}:eu-central-1:${account}:${what}`;
const own = (service: string, what: string): string => arnOf(service, what, "111111111111");
const role = `arn:aws:iam::${stranger}:role/a`;
const key = arnOf("kms", "key/b");

/** Ways out of an account by what things name, each of them to a stranger. */
export const toStrangers: readonly Example[] = [
  {
    title: "objects that an access point, a grant, a function or a table hands to a stranger",
    resources: {
      aws_s3_access_point: { a: { bucket: "a", name: "p", bucket_account_id: stranger } },
      aws_s3control_access_grant: { a: { grantee: { grantee_type: "IAM", grantee_identifier: role } } },
      aws_s3control_access_grants_location: { a: { iam_role_arn: role, location_scope: "s3://" } },
      aws_s3control_multi_region_access_point: {
        a: { details: { name: "m", region: [{ bucket: "b", bucket_account_id: stranger }] } },
      },
      aws_s3control_object_lambda_access_point: {
        a: {
          configuration: {
            transformation_configuration: [
              { content_transformation: { aws_lambda: { function_arn: arnOf("lambda", "function:b") } } },
            ],
          },
        },
      },
      aws_s3tables_table_bucket_replication: {
        a: { rule: [{ destination: [{ destination_table_bucket_arn: arnOf("s3tables", "bucket/b") }] }] },
      },
      aws_s3_bucket_inventory: {
        a: { destination: { bucket: { bucket_arn: "arn:aws:s3:::b", account_id: stranger } } },
      },
    },
    declaration: {},
    finds: [
      "aws_s3_access_point.a bucket_account_id",
      "aws_s3_bucket_inventory.a destination.bucket.account_id",
      "aws_s3control_multi_region_access_point.a details.region.bucket_account_id",
      "aws_s3control_object_lambda_access_point.a configuration.transformation_configuration.content_transformation.aws_lambda.function_arn",
      "aws_s3tables_table_bucket_replication.a rule.destination.destination_table_bucket_arn",
      "aws_s3control_access_grants_location.a iam_role_arn",
      "aws_s3control_access_grant.a grantee.grantee_identifier",
    ],
  },
  {
    title: "secrets and data that a stranger's function renews, or that a stranger's key closes",
    resources: {
      aws_secretsmanager_secret_rotation: { a: { rotation_lambda_arn: arnOf("lambda", "function:b") } },
      aws_secretsmanager_secret: { a: { name: "a", replica: [{ region: "eu-west-1", kms_key_id: key }] } },
      aws_db_snapshot_copy: { a: { kms_key_id: key } },
      aws_rds_export_task: { a: { kms_key_id: key } },
      aws_db_instance_automated_backups_replication: { a: { kms_key_id: key } },
      aws_ebs_snapshot_copy: { a: { kms_key_id: key } },
      aws_dynamodb_table: { a: { replica: [{ region_name: "eu-west-1", kms_key_arn: key }] } },
    },
    declaration: {},
    finds: [
      "aws_secretsmanager_secret_rotation.a rotation_lambda_arn",
      "aws_secretsmanager_secret.a replica.kms_key_id",
      "aws_db_snapshot_copy.a kms_key_id",
      "aws_rds_export_task.a kms_key_id",
      "aws_db_instance_automated_backups_replication.a kms_key_id",
      "aws_ebs_snapshot_copy.a kms_key_id",
      "aws_dynamodb_table.a replica.kms_key_arn",
    ],
  },
  {
    title: "streams, pipes, schedules and integrations that end at a stranger's",
    resources: {
      aws_cloudwatch_log_account_policy: {
        a: { policy_document: JSON.stringify({ DestinationArn: arnOf("kinesis", "stream/b") }) },
      },
      aws_cloudwatch_metric_alarm: { a: { alarm_actions: [own("sns", "a"), arnOf("sns", "b")] } },
      aws_datasync_task: { a: { destination_location_arn: arnOf("datasync", "location/b") } },
      aws_dms_endpoint: {
        a: { endpoint_type: "target", kinesis_settings: { stream_arn: arnOf("kinesis", "stream/b") } },
      },
      aws_dynamodb_kinesis_streaming_destination: { a: { stream_arn: arnOf("kinesis", "stream/b") } },
      aws_lambda_function_event_invoke_config: {
        a: { destination_config: { on_success: { destination: arnOf("sqs", "b") } } },
      },
      aws_pipes_pipe: { a: { source: own("sqs", "a"), target: arnOf("sqs", "b") } },
      aws_rds_integration: { a: { target_arn: arnOf("redshift-serverless", "namespace/b") } },
      aws_rolesanywhere_trust_anchor: {
        a: {
          source: {
            source_type: "AWS_ACM_PCA",
            source_data: { acm_pca_arn: arnOf("acm-pca", "certificate-authority/b") },
          },
        },
      },
      aws_scheduler_schedule: {
        a: { target: { arn: arnOf("lambda", "function:b") } },
        b: {
          target: {
            arn: "arn:aws:scheduler:::aws-sdk:sqs:sendMessage",
            input: '{"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/222222222222/b"}',
          },
        },
      },
      aws_sqs_queue: { a: { redrive_policy: JSON.stringify({ deadLetterTargetArn: arnOf("sqs", "b") }) } },
      aws_vpclattice_service_network_vpc_association: {
        a: { service_network_identifier: arnOf("vpc-lattice", "servicenetwork/b") },
      },
    },
    declaration: {},
    finds: [
      "aws_rolesanywhere_trust_anchor.a source.source_data.acm_pca_arn",
      "aws_datasync_task.a destination_location_arn",
      "aws_dynamodb_kinesis_streaming_destination.a stream_arn",
      "aws_lambda_function_event_invoke_config.a destination_config.on_success.destination",
      "aws_pipes_pipe.a target",
      "aws_rds_integration.a target_arn",
      "aws_scheduler_schedule.a target.arn",
      "aws_vpclattice_service_network_vpc_association.a service_network_identifier",
      "aws_cloudwatch_log_account_policy.a policy_document",
      "aws_cloudwatch_metric_alarm.a alarm_actions",
      "aws_dms_endpoint.a kinesis_settings.stream_arn",
      "aws_scheduler_schedule.b target.input",
      "aws_sqs_queue.a redrive_policy",
    ],
  },
  {
    title:
      "what no list of types knows yet, a stranger's function in an interface, and a stranger behind a local value",
    resources: {
      aws_brand_new_thing: { a: { forward: { to_arn: arnOf("new", "thing/b") } } },
      aws_api_gateway_authorizer: {
        a: {
          authorizer_uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${arnOf("lambda", "function:b")}/invocations`,
        },
      },
      aws_kinesis_analytics_application: { a: { outputs: { kinesis_stream: { resource_arn: "${local.elsewhere}" } } } },
    },
    configuration: { locals: { elsewhere: arnOf("kinesis", "stream/b") } },
    declaration: {},
    finds: [
      "aws_brand_new_thing.a forward.to_arn",
      "aws_api_gateway_authorizer.a authorizer_uri",
      "aws_kinesis_analytics_application.a outputs.kinesis_stream.resource_arn",
    ],
  },
  {
    title: "a grant for a role of a stranger whose name nobody shows",
    resources: {
      aws_kms_grant: { a: { grantee_principal: `arn:aws:iam::${stranger}:role/\${data.aws_iam_role.a.name}` } },
    },
    declaration: {},
    finds: ["aws_kms_grant.a grantee_principal"],
  },
  {
    title: "a queue, a function and an account that a provider makes or looks up in a stranger's account",
    resources: {
      aws_ram_principal_association: { a: { principal: "${data.aws_caller_identity.elsewhere.account_id}" } },
      aws_secretsmanager_secret_rotation: { a: { rotation_lambda_arn: "${data.aws_lambda_function.elsewhere.arn}" } },
      aws_sqs_queue: { a: { provider: "aws.elsewhere", name: "drop" } },
      aws_cloudwatch_event_target: { a: { arn: "${aws_sqs_queue.a.arn}" } },
    },
    configuration: {
      data: {
        aws_caller_identity: { elsewhere: { provider: "aws.elsewhere" } },
        aws_lambda_function: { elsewhere: { provider: "aws.elsewhere", function_name: "b" } },
      },
      provider: { aws: [{}, { alias: "elsewhere", assume_role: { role_arn: "arn:aws:iam::222222222222:role/a" } }] },
    },
    declaration: {},
    finds: [
      "aws_ram_principal_association.a principal",
      "aws_cloudwatch_event_target.a arn",
      "aws_secretsmanager_secret_rotation.a rotation_lambda_arn",
    ],
  },
];

/** The same within the account, and what is only taken in. */
export const withinTheAccount: Example = {
  title: "what is sent within the account, looked up by name, or only taken in",
  resources: {
    aws_lambda_function: { a: { layers: [arnOf("lambda", "layer:vendor:3")], function_name: "a" } },
    aws_secretsmanager_secret_rotation: {
      a: { rotation_lambda_arn: "${aws_lambda_function.a.arn}" },
      b: { rotation_lambda_arn: "${data.aws_lambda_function.rotation.arn}" },
      c: { rotation_lambda_arn: "arn:aws:lambda:eu-central-1:111111111111:function:${var.rotation}" },
    },
    aws_lambda_event_source_mapping: { a: { event_source_arn: arnOf("kinesis", "stream/b") } },
    aws_sns_topic_subscription: {
      a: { topic_arn: arnOf("sns", "AmazonIpSpaceChanged"), protocol: "sqs", endpoint: own("sqs", "a") },
    },
    aws_s3control_access_grant: {
      a: { grantee: { grantee_type: "IAM", grantee_identifier: "arn:aws:iam::111111111111:role/a" } },
      b: { grantee: { grantee_type: "DIRECTORY_USER", grantee_identifier: "906abcdef0-1" } },
    },
    aws_rolesanywhere_trust_anchor: {
      a: { source: { source_data: { acm_pca_arn: "${aws_acmpca_certificate_authority.a.arn}" } } },
    },
    aws_acmpca_certificate_authority: { a: { type: "ROOT" } },
    aws_scheduler_schedule: {
      a: { target: { arn: "arn:aws:scheduler:::aws-sdk:ecs:runTask", role_arn: own("iam", "role/a") } },
    },
    aws_secretsmanager_secret: {
      a: { name: "a", replica: [{ region: "eu-west-1", kms_key_id: own("kms", "key/a") }] },
    },
    aws_cloudwatch_metric_alarm: { a: { alarm_actions: ["arn:aws:automate:eu-central-1:ec2:recover"] } },
    aws_instance: { a: { tags: { peer: role } } },
  },
  declaration: {},
};

/** Receivers that nothing shows. */
export const notShown: Example = {
  title: "nobody shows where a stream ends, or whose authority signs",
  resources: {
    aws_pipes_pipe: { a: { target: "${var.elsewhere}" } },
    aws_rolesanywhere_trust_anchor: {
      a: { source: { source_data: { x509_certificate_data: "-----BEGIN CERTIFICATE-----" } } },
    },
  },
  declaration: {},
  finds: ["aws_pipes_pipe.a target", "aws_rolesanywhere_trust_anchor.a source.source_data.x509_certificate_data"],
};
