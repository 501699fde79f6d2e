import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { Unknown, type Value } from "../value.ts";

/** How something protects, and what. */
export interface Guard {
  /** Attributes that name what it protects. None: the account. */
  readonly of: readonly string[];
  /** Attributes that name itself, where there may be several for one thing. */
  readonly itself?: readonly string[];
  /** AWS keeps one of it only: whoever deletes the old one after the new one deletes the new one. */
  readonly isSingle?: true;
  /** Whether this one protects at all: a policy that only allows does not. Absent: it always does. */
  readonly protects?: (before: JsonObject | undefined) => Value<boolean>;
}

/** Whether a policy denies something. */
const denies = ({ policy }: JsonObject): Value<boolean> => {
  const text = textOf(policy);
  if (text === undefined) return new Unknown("policy");
  try {
    return statementsOf(JSON.parse(text)).some((each) => each["Effect"] !== "Allow");
  } catch {
    return new Unknown(text);
  }
};

const statementsOf = (policy: Json): readonly JsonObject[] => listOf(objectOf(policy)["Statement"]).map(objectOf);

const isOneOf =
  (name: string, ...allowed: readonly string[]) =>
  (before: JsonObject): Value<boolean> => {
    const given = textOf(before[name]);
    return given === undefined ? new Unknown(name) : allowed.includes(given.toUpperCase());
  };

const read = (judge: (before: JsonObject) => Value<boolean>) => (before: JsonObject | undefined) =>
  before === undefined ? new Unknown("what was there before") : judge(before);

const single = (...of: readonly string[]): Guard => ({ of, isSingle: true });
const many = (...of: readonly string[]): Guard => ({ of });
const denying = (...of: readonly string[]): Guard => ({ of, isSingle: true, protects: read(denies) });
const free = (...itself: readonly string[]): Guard => ({ of: [], itself });
const inline = (of: string): Guard => ({ ...denying(of), itself: ["name"] });

/** Types whose resources protect others, for as long as they are there. */
const GUARDS: Readonly<Record<string, Guard>> = {
  aws_accessanalyzer_analyzer: free("type"),
  aws_api_gateway_rest_api_policy: denying("rest_api_id"),
  aws_backup_plan: free("name"),
  aws_backup_selection: many("plan_id"),
  aws_backup_vault_lock_configuration: single("backup_vault_name"),
  aws_backup_vault_policy: denying("backup_vault_name"),
  aws_cloudtrail: free("name"),
  aws_cloudwatch_composite_alarm: free("alarm_rule"),
  aws_cloudwatch_log_data_protection_policy: single("log_group_name"),
  aws_cloudwatch_metric_alarm: many("namespace", "metric_name", "dimensions", "metric_query"),
  aws_config_configuration_recorder: single(),
  aws_config_configuration_recorder_status: single(),
  aws_config_delivery_channel: single(),
  aws_db_instance_automated_backups_replication: single("source_db_instance_arn"),
  aws_dlm_lifecycle_policy: free("policy_details"),
  aws_dynamodb_resource_policy: denying("resource_arn"),
  aws_ebs_encryption_by_default: single(),
  aws_ebs_snapshot_block_public_access: single(),
  aws_ec2_image_block_public_access: single(),
  aws_ec2_instance_metadata_defaults: single(),
  aws_ecr_registry_scanning_configuration: single(),
  aws_ecr_replication_configuration: single(),
  aws_ecr_repository_policy: denying("repository"),
  aws_efs_backup_policy: single("file_system_id"),
  aws_efs_file_system_policy: denying("file_system_id"),
  aws_efs_replication_configuration: single("source_file_system_id"),
  aws_emr_block_public_access_configuration: single(),
  aws_flow_log: many("vpc_id", "subnet_id", "eni_id", "transit_gateway_id", "transit_gateway_attachment_id"),
  aws_glacier_vault_lock: single("vault_name"),
  aws_guardduty_detector: single(),
  aws_guardduty_detector_feature: single("detector_id", "name"),
  aws_guardduty_malware_protection_plan: many("protected_resource"),
  aws_iam_account_password_policy: single(),
  aws_iam_group_policy: inline("group"),
  aws_iam_role_policy: inline("role"),
  aws_iam_user_policy: inline("user"),
  aws_inspector2_enabler: single("account_ids"),
  aws_kms_key_policy: single("key_id"),
  aws_lb_trust_store_revocation: many("trust_store_arn"),
  aws_macie2_account: single(),
  aws_network_acl_rule: {
    of: ["network_acl_id", "rule_number", "egress"],
    protects: read(isOneOf("rule_action", "DENY")),
  },
  aws_networkfirewall_firewall: many("vpc_id"),
  aws_networkfirewall_logging_configuration: single("firewall_arn"),
  aws_opensearch_domain_policy: denying("domain_name"),
  aws_organizations_policy_attachment: single("target_id", "policy_id"),
  aws_rbin_rule: free("resource_type", "resource_tags"),
  aws_redshift_logging: single("cluster_identifier"),
  aws_redshift_snapshot_copy: single("cluster_identifier"),
  aws_redshift_snapshot_schedule_association: many("cluster_identifier"),
  aws_route53_hosted_zone_dnssec: single("hosted_zone_id"),
  aws_route53_query_log: many("zone_id"),
  aws_route53_resolver_dnssec_config: single("resource_id"),
  aws_route53_resolver_firewall_rule: {
    of: ["firewall_rule_group_id", "firewall_domain_list_id"],
    protects: read(isOneOf("action", "BLOCK", "ALERT")),
  },
  aws_route53_resolver_firewall_rule_group_association: many("vpc_id", "firewall_rule_group_id"),
  aws_route53_resolver_query_log_config_association: many("resource_id"),
  aws_s3_account_public_access_block: single("account_id"),
  aws_s3_bucket_logging: single("bucket"),
  aws_s3_bucket_object_lock_configuration: single("bucket"),
  aws_s3_bucket_ownership_controls: single("bucket"),
  aws_s3_bucket_policy: denying("bucket"),
  aws_s3_bucket_public_access_block: single("bucket"),
  aws_s3_bucket_replication_configuration: single("bucket"),
  aws_s3_bucket_server_side_encryption_configuration: single("bucket"),
  aws_s3_bucket_versioning: single("bucket"),
  aws_secretsmanager_secret_policy: denying("secret_arn"),
  aws_secretsmanager_secret_rotation: single("secret_id"),
  aws_securityhub_account: single(),
  aws_securityhub_standards_subscription: single("standards_arn"),
  aws_shield_protection: single("resource_arn"),
  aws_sns_topic_policy: denying("arn"),
  aws_sqs_queue_policy: denying("queue_url"),
  aws_ssoadmin_permissions_boundary_attachment: single("permission_set_arn"),
  aws_vpc_block_public_access_options: single(),
  aws_vpc_endpoint_policy: single("vpc_endpoint_id"),
  aws_wafregional_web_acl_association: single("resource_arn"),
  aws_wafv2_web_acl_association: single("resource_arn"),
  aws_wafv2_web_acl_logging_configuration: single("resource_arn"),
};

/** How resources of a type protect others. Absent: they do not, or what they protect notices itself. */
export const guardOf = (type: string): Guard | undefined => (Object.hasOwn(GUARDS, type) ? GUARDS[type] : undefined);

/** Texts by which a guard names what it protects. */
export const namesOf = ({ of }: Guard, before: JsonObject | undefined): readonly string[] =>
  of.flatMap((name) => textsIn(before?.[name]));

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
