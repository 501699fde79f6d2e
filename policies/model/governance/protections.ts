import { kind } from "../estate.ts";
import type { Json } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { makesAny, repetitionsOfResource } from "../terraform/repetition.ts";
import { isUnknown, type Value } from "../value.ts";

/** Types that make something else safer by being there: rules take their presence for proof. */
const TYPES: ReadonlySet<string> = new Set([
  "aws_accessanalyzer_analyzer",
  "aws_acm_certificate_validation",
  "aws_backup_plan",
  "aws_backup_selection",
  "aws_backup_vault_lock_configuration",
  "aws_backup_vault_policy",
  "aws_cloudtrail",
  "aws_cloudwatch_composite_alarm",
  "aws_cloudwatch_log_delivery_source",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_config_configuration_recorder",
  "aws_config_configuration_recorder_status",
  "aws_config_delivery_channel",
  "aws_db_instance_automated_backups_replication",
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_default_security_group",
  "aws_ebs_encryption_by_default",
  "aws_ebs_snapshot_block_public_access",
  "aws_ec2_image_block_public_access",
  "aws_ec2_instance_metadata_defaults",
  "aws_ecr_lifecycle_policy",
  "aws_ecr_registry_scanning_configuration",
  "aws_ecr_repository_policy",
  "aws_efs_backup_policy",
  "aws_efs_file_system_policy",
  "aws_emr_block_public_access_configuration",
  "aws_flow_log",
  "aws_guardduty_detector",
  "aws_iam_account_password_policy",
  "aws_iam_group_policy",
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy",
  "aws_iam_user_policy_attachment",
  "aws_kms_key_policy",
  "aws_lb_trust_store_revocation",
  "aws_network_acl_association",
  "aws_network_acl_rule",
  "aws_networkfirewall_logging_configuration",
  "aws_organizations_policy_attachment",
  "aws_route53_query_log",
  "aws_route53_resolver_firewall_rule",
  "aws_route53_resolver_firewall_rule_group_association",
  "aws_s3_account_public_access_block",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_object_lock_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_replication_configuration",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_secretsmanager_secret_policy",
  "aws_secretsmanager_secret_rotation",
  "aws_securityhub_account",
  "aws_securityhub_standards_subscription",
  "aws_sns_topic_policy",
  "aws_sqs_queue_policy",
  "aws_ssoadmin_permissions_boundary_attachment",
  "aws_vpc_endpoint_policy",
  "aws_wafv2_web_acl_association",
  "aws_wafv2_web_acl_logging_configuration",
  "kubernetes_manifest",
  "kubernetes_network_policy",
  "kubernetes_network_policy_v1",
]);

/** A resource that protects something, of which there may be none. */
export interface Protection {
  readonly at: Place;
  /** `count` or `for_each` of it, and of the modules that it stands in, which do not say that any is made. */
  readonly open: readonly { readonly attribute: string; readonly number: Value<Json> }[];
}

/** Whatever protects. Of a configuration its number may be open; a plan shows how many there are. */
export const protections = kind<Protection>("protection", ({ terraform }) =>
  terraform.resources.flatMap((resource) => {
    if (!TYPES.has(resource.type)) return [];
    const open = repetitionsOfResource(resource.document, resource.raw).flatMap((each) => {
      const any = makesAny(each, resource.document, terraform);
      return any === true ? [] : [{ attribute: each.attribute, number: isUnknown(any) ? any : each.value }];
    });
    return [{ at: placeOfResource(resource), open }];
  }),
);
