import { type Spot, type Spots, whole } from "./spot.ts";

const kinesis = (name: string, at?: string): readonly Spot[] => [
  {
    what: "data",
    ...(at === undefined ? {} : { at }),
    key: ["kms_key_id", "key_arn"],
    mode: { name, default: "NONE", kms: ["KMS"] },
  },
];

/** Queues, topics, streams and brokers. */
export const messages: Spots = {
  aws_sns_topic: whole("messages", "kms_master_key_id"),
  aws_sqs_queue: whole("messages", "kms_master_key_id"),
  aws_kinesis_stream: kinesis("encryption_type"),
  aws_kinesis_video_stream: whole("the stream", "kms_key_id"),
  aws_kinesis_firehose_delivery_stream: [
    {
      what: "records on the way",
      at: "server_side_encryption",
      key: ["key_arn"],
      on: { name: "enabled", default: false },
      mode: { name: "key_type", default: "AWS_OWNED_CMK", kms: ["CUSTOMER_MANAGED_CMK"] },
      // A stream that reads from another one has its encryption.
      unless: ["kinesis_source_configuration", "msk_source_configuration"],
    },
  ],
  aws_msk_cluster: [{ what: "data", at: "encryption_info", key: ["encryption_at_rest_kms_key_arn"] }],
  aws_mq_broker: [{ what: "messages", at: "encryption_options", key: ["kms_key_id"] }],
  aws_cloudwatch_event_bus: whole("events", "kms_key_identifier"),
  aws_cloudwatch_event_archive: whole("events", "kms_key_identifier"),
  aws_scheduler_schedule: whole("what is sent", "kms_key_arn"),
  aws_pipes_pipe: whole("the pipe", "kms_key_identifier"),
  aws_sfn_state_machine: [
    {
      what: "executions",
      at: "encryption_configuration",
      key: ["kms_key_id"],
      mode: { name: "type", default: "AWS_OWNED_KEY", kms: ["CUSTOMER_MANAGED_KMS_KEY"] },
    },
  ],
  aws_appflow_flow: whole("the flow", "kms_arn"),
  aws_appflow_connector_profile: whole("credentials", "kms_arn"),
  aws_appsync_api_cache: [{ what: "the cache", key: [], on: { name: "at_rest_encryption_enabled", default: false } }],
  aws_connect_instance_storage_config: [
    { what: "records", at: "storage_config.s3_config[].encryption_config", key: ["key_id"] },
    { what: "video", at: "storage_config.kinesis_video_stream_config[].encryption_config", key: ["key_id"] },
  ],
};
