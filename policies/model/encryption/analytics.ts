import { configured, type Spot, type Spots, whole } from "./spot.ts";

const model: Spot = { what: "the model's volume", key: ["volume_kms_key_id"] };
const comprehend: readonly Spot[] = [{ what: "the model", key: ["model_kms_key_id"] }, model];
const modes = ["SSE_KMS", "CSE_KMS", "SSE-KMS", "CSE-KMS"];
const monitoring: readonly Spot[] = [
  { what: "results", at: "data_quality_job_output_config", key: ["kms_key_id"] },
  { what: "the volume", at: "job_resources.cluster_config", key: ["volume_kms_key_id"] },
];

const AT_REST = "EncryptionConfiguration.AtRestEncryptionConfiguration";
const LOCAL = `${AT_REST}.LocalDiskEncryptionConfiguration`;

/** What analyses data and keeps some of it. */
export const analytics: Spots = {
  aws_athena_workgroup: [
    // Else each client says how its results are encrypted, or that they are not.
    { what: "results", at: "configuration", key: [], on: { name: "enforce_workgroup_configuration", default: true } },
    {
      what: "results",
      at: "configuration.result_configuration.encryption_configuration",
      key: ["kms_key_arn"],
      mode: { name: "encryption_option", default: "SSE_S3", kms: modes },
    },
  ],
  aws_athena_database: [
    {
      what: "results",
      at: "encryption_configuration",
      key: ["kms_key"],
      mode: { name: "encryption_option", default: "SSE_S3", kms: modes },
    },
  ],
  aws_glue_data_catalog_encryption_settings: [
    {
      what: "the catalogue",
      at: "data_catalog_encryption_settings.encryption_at_rest",
      key: ["sse_aws_kms_key_id"],
      mode: { name: "catalog_encryption_mode", default: "DISABLED", kms: ["SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"] },
    },
    {
      what: "passwords of connections",
      at: "data_catalog_encryption_settings.connection_password_encryption",
      key: ["aws_kms_key_id"],
      on: { name: "return_connection_password_encrypted", default: false },
    },
  ],
  aws_glue_crawler: configured("logs", "aws_glue_security_configuration"),
  aws_glue_dev_endpoint: configured("logs, bookmarks and results", "aws_glue_security_configuration"),
  aws_glue_job: configured("logs, bookmarks and results", "aws_glue_security_configuration"),
  aws_emr_cluster: configured("objects and disks", "aws_emr_security_configuration"),
  aws_emr_security_configuration: [
    {
      ...{ what: "objects and disks", json: "configuration", at: "EncryptionConfiguration", key: [] },
      on: { name: "EnableAtRestEncryption", default: false },
    },
    {
      ...{ what: "objects", json: "configuration", at: `${AT_REST}.S3EncryptionConfiguration`, key: ["AwsKmsKey"] },
      mode: { name: "EncryptionMode", default: "SSE-S3", kms: ["SSE-KMS", "CSE-KMS"] },
    },
    {
      ...{ what: "disks", json: "configuration", at: LOCAL, key: ["AwsKmsKey"] },
      mode: { name: "EncryptionKeyProviderType", default: "none", kms: ["AwsKms"] },
    },
    {
      ...{ what: "volumes", json: "configuration", at: LOCAL, key: [] },
      on: { name: "EnableEbsEncryption", default: false },
    },
  ],
  aws_glue_security_configuration: [
    {
      what: "logs",
      at: "encryption_configuration.cloudwatch_encryption",
      key: ["kms_key_arn"],
      mode: { name: "cloudwatch_encryption_mode", default: "DISABLED", kms: modes },
    },
    {
      what: "bookmarks",
      at: "encryption_configuration.job_bookmarks_encryption",
      key: ["kms_key_arn"],
      mode: { name: "job_bookmarks_encryption_mode", default: "DISABLED", kms: modes },
    },
    {
      what: "results",
      at: "encryption_configuration.s3_encryption",
      key: ["kms_key_arn"],
      mode: { name: "s3_encryption_mode", default: "DISABLED", kms: modes },
    },
  ],
  aws_sagemaker_domain: whole("the domain's files", "kms_key_id"),
  aws_sagemaker_notebook_instance: whole("the volume", "kms_key_id"),
  aws_sagemaker_endpoint_configuration: whole("the volume", "kms_key_arn"),
  aws_sagemaker_data_quality_job_definition: monitoring,
  aws_sagemaker_flow_definition: [{ what: "results", at: "output_config", key: ["kms_key_id"] }],
  aws_comprehend_entity_recognizer: comprehend,
  aws_comprehend_document_classifier: comprehend,
  aws_kendra_index: [{ what: "the index", at: "server_side_encryption_configuration", key: ["kms_key_id"] }],
  aws_bedrockagent_agent: whole("the agent", "customer_encryption_key_arn"),
  aws_bedrock_custom_model: whole("the model", "custom_model_kms_key_id"),
  aws_codegurureviewer_repository_association: [
    {
      what: "the copy of sources",
      at: "kms_key_details",
      key: ["kms_key_id"],
      mode: { name: "encryption_option", default: "AWS_OWNED_CMK", kms: ["CUSTOMER_MANAGED_CMK"] },
    },
  ],
};
