import { type Spot, type Spots, whole } from "./spot.ts";

const kms = ["KMS", "KMS_DSSE"];
const repository: readonly Spot[] = [
  {
    what: "images",
    at: "encryption_configuration",
    key: ["kms_key"],
    mode: { name: "encryption_type", default: "AES256", kms },
  },
];
const firewall: readonly Spot[] = [
  {
    what: "rules",
    at: "encryption_configuration",
    key: ["key_id"],
    mode: { name: "type", default: "AWS_OWNED_KMS_KEY", kms: ["CUSTOMER_KMS"] },
  },
];

/** Says nothing: encrypted as its bucket. */
const object: readonly Spot[] = [
  {
    what: "the object",
    key: [],
    mode: { name: "server_side_encryption", default: "aws:kms", kms: ["aws:kms", "aws:kms:dsse"] },
  },
];

/** Records, secrets, backups, images, and what the platform keeps for itself. */
export const platform: Spots = {
  aws_cloudwatch_log_group: whole("the log", "kms_key_id"),
  aws_cloudtrail: whole("the trail", "kms_key_id"),
  aws_cloudtrail_event_data_store: whole("events", "kms_key_id"),
  aws_config_delivery_channel: whole("what Config delivers", "s3_kms_key_arn"),
  aws_guardduty_publishing_destination: whole("findings", "kms_key_arn"),
  aws_secretsmanager_secret: [
    { what: "the secret", key: ["kms_key_id"] },
    { what: "a replica", at: "replica[]", key: ["kms_key_id"] },
  ],
  aws_ssm_parameter: [
    // Other types are clear text, for what is no secret.
    { what: "the parameter", key: ["key_id"], when: { name: "type", is: "SecureString" } },
  ],
  aws_backup_vault: whole("recovery points", "kms_key_arn"),
  aws_backup_logically_air_gapped_vault: whole("recovery points", "encryption_key_arn"),
  aws_ecr_repository: repository,
  aws_ecr_repository_creation_template: repository,
  aws_eks_cluster: [{ what: "secrets of Kubernetes", at: "encryption_config.provider", key: ["key_arn"] }],
  aws_ecs_cluster: [
    { what: "sessions in containers", at: "configuration[].execute_command_configuration[]", key: ["kms_key_id"] },
  ],
  aws_lambda_function: [{ what: "variables", key: ["kms_key_arn"], when: { name: "environment", is: "given" } }],
  aws_networkfirewall_firewall: firewall,
  aws_networkfirewall_firewall_policy: firewall,
  aws_networkfirewall_rule_group: firewall,
  aws_codebuild_project: [
    { what: "artefacts", key: ["encryption_key"] },
    { what: "artefacts", at: "artifacts", key: [], off: "encryption_disabled" },
    { what: "logs", at: "logs_config[].s3_logs[]", key: [], off: "encryption_disabled" },
  ],
  aws_codepipeline: [{ what: "artefacts", at: "artifact_store[].encryption_key", key: ["id"] }],
  aws_codeartifact_domain: whole("packages", "encryption_key"),
  aws_codecommit_repository: whole("sources", "kms_key_id"),
  aws_apprunner_service: [{ what: "the copy of its source", at: "encryption_configuration", key: ["kms_key"] }],
  aws_mwaa_environment: whole("data", "kms_key"),
  aws_s3_object: object,
  aws_s3_bucket_object: object,
  aws_s3_object_copy: object,
  aws_api_gateway_method_settings: [
    {
      what: "cached answers",
      at: "settings",
      key: [],
      on: { name: "cache_data_encrypted", default: false },
      when: { name: "caching_enabled", is: "true", default: "false" },
    },
  ],
};
