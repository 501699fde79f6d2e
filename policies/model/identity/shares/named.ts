import type { Estate } from "../../estate.ts";
import { isUnknown, type Value } from "../../value.ts";
import { accountOf, isLookedUpElsewhere } from "../accounts.ts";
import { standingOf } from "../standing.ts";

/** By type: where those stand whom something is handed to. Names are those of the provider's documentation, version 6.66. */
export const sharedWith: Readonly<Record<string, readonly string[]>> = {
  aws_ami_launch_permission: ["group", "account_id", "organization_arn", "organizational_unit_arn"],
  aws_auditmanager_framework_share: ["destination_account"],
  aws_auditmanager_organization_admin_account_registration: ["admin_account_id"],
  aws_cleanrooms_collaboration: ["member.account_id"],
  aws_cloudtrail_organization_delegated_admin_account: ["account_id"],
  aws_config_aggregate_authorization: ["account_id"],
  aws_db_cluster_snapshot: ["shared_accounts"],
  aws_db_snapshot: ["shared_accounts"],
  aws_db_snapshot_copy: ["shared_accounts"],
  aws_detective_invitation_accepter: ["graph_arn"],
  aws_detective_organization_admin_account: ["account_id"],
  aws_directory_service_shared_directory: ["target.id"],
  aws_dlm_lifecycle_policy: ["policy_details.schedule.share_rule.target_accounts"],
  aws_dms_s3_endpoint: ["expected_bucket_owner"],
  aws_dx_gateway_association_proposal: ["dx_gateway_owner_account_id"],
  aws_dx_hosted_connection: ["owner_account_id"],
  aws_dx_hosted_private_virtual_interface: ["owner_account_id"],
  aws_dx_hosted_public_virtual_interface: ["owner_account_id"],
  aws_dx_hosted_transit_virtual_interface: ["owner_account_id"],
  aws_dynamodb_table_export: ["s3_bucket_owner"],
  aws_ec2_transit_gateway_peering_attachment: ["peer_account_id"],
  aws_ecr_replication_configuration: ["replication_configuration.rule.destination.registry_id"],
  aws_eks_access_entry: ["principal_arn"],
  aws_eks_access_policy_association: ["principal_arn"],
  aws_fms_admin_account: ["account_id"],
  aws_globalaccelerator_cross_account_attachment: ["principals"],
  aws_glue_crawler: ["lake_formation_configuration.account_id"],
  aws_guardduty_invite_accepter: ["master_account_id"],
  aws_guardduty_organization_admin_account: ["admin_account_id"],
  aws_imagebuilder_distribution_configuration: [
    ...["organization_arns", "organizational_unit_arns", "user_groups", "user_ids"].map(
      (name) => `distribution.ami_distribution_configuration.launch_permission.${name}`,
    ),
    "distribution.ami_distribution_configuration.target_account_ids",
  ],
  aws_inspector2_delegated_admin_account: ["account_id"],
  aws_kms_grant: ["grantee_principal", "retiring_principal"],
  aws_lakeformation_data_lake_settings: [
    ...["admins", "external_data_filtering_allow_list", "read_only_admins"],
    ...["create_database_default_permissions.principal", "create_table_default_permissions.principal"],
  ],
  aws_lakeformation_permissions: ["principal"],
  aws_licensemanager_grant: ["principal"],
  aws_macie2_invitation_accepter: ["administrator_account_id"],
  aws_macie2_organization_admin_account: ["admin_account_id"],
  aws_network_interface_permission: ["aws_account_id"],
  aws_oam_link: ["sink_identifier"],
  aws_observabilityadmin_centralization_rule_for_organization: ["rule.destination.account"],
  aws_opensearch_authorize_vpc_endpoint_access: ["account"],
  aws_opensearch_outbound_connection: ["remote_domain_info.owner_id"],
  aws_organizations_delegated_administrator: ["account_id"],
  aws_pipes_pipe: ["log_configuration.s3_log_destination.bucket_owner"],
  aws_ram_principal_association: ["principal"],
  aws_ram_resource_share_associations_exclusive: ["principals"],
  aws_rds_cluster_snapshot_copy: ["shared_accounts"],
  aws_redshift_data_share_authorization: ["consumer_identifier"],
  aws_redshift_endpoint_authorization: ["account"],
  aws_rolesanywhere_trust_anchor: ["source.source_data.acm_pca_arn"],
  aws_s3_access_point: ["account_id", "bucket_account_id"],
  aws_s3_bucket: ["replication_configuration.rules.destination.account_id"],
  aws_s3_bucket_analytics_configuration: [
    "storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_account_id",
  ],
  aws_s3_bucket_inventory: ["destination.bucket.account_id"],
  aws_s3_bucket_replication_configuration: ["rule.destination.account"],
  aws_s3control_access_grant: ["account_id"],
  aws_s3control_access_grants_instance: ["account_id"],
  aws_s3control_access_grants_location: ["account_id"],
  aws_s3control_multi_region_access_point: ["account_id", "details.region.bucket_account_id"],
  aws_s3control_object_lambda_access_point: ["account_id"],
  aws_s3control_storage_lens_configuration: [
    "account_id",
    "storage_lens_configuration.data_export.s3_bucket_destination.account_id",
    "storage_lens_configuration.expanded_prefixes_data_export.s3_bucket_destination.account_id",
  ],
  aws_securityhub_invite_accepter: ["master_id"],
  aws_securityhub_organization_admin_account: ["admin_account_id"],
  aws_securitylake_custom_log_source: ["configuration.provider_identity.principal"],
  aws_securitylake_subscriber: ["subscriber_identity.principal"],
  aws_servicecatalog_portfolio_share: ["principal_id"],
  aws_signer_signing_profile_permission: ["principal"],
  aws_snapshot_create_volume_permission: ["account_id"],
  aws_verifiedaccess_instance_logging_configuration: ["access_logs.s3.bucket_owner"],
  aws_vpc_endpoint_service: ["allowed_principals"],
  aws_vpc_endpoint_service_allowed_principal: ["principal_arn"],
  aws_vpc_ipam_organization_admin_account: ["delegated_admin_account_id"],
  aws_vpc_peering_connection: ["peer_owner_id"],
};

/** By type: the ARN of what something is sent on to, or copied to. */
export const sentTo: Readonly<Record<string, readonly string[]>> = {
  aws_autoscaling_lifecycle_hook: ["notification_target_arn"],
  aws_autoscaling_notification: ["topic_arn"],
  aws_backup_plan: ["rule.copy_action.destination_vault_arn", "rule.target_logically_air_gapped_backup_vault_arn"],
  aws_backup_vault_notifications: ["sns_topic_arn"],
  aws_cloudwatch_event_endpoint: ["event_bus.event_bus_arn"],
  aws_cloudwatch_event_target: ["arn", "dead_letter_config.arn"],
  aws_cloudwatch_log_delivery: ["delivery_destination_arn"],
  aws_cloudwatch_log_destination: ["target_arn"],
  aws_cloudwatch_log_subscription_filter: ["destination_arn"],
  aws_cloudwatch_metric_stream: ["firehose_arn"],
  aws_config_config_rule: ["source.source_identifier"],
  aws_datasync_location_efs: ["efs_file_system_arn"],
  aws_datasync_task: ["destination_location_arn"],
  aws_db_event_subscription: ["sns_topic"],
  aws_dms_replication_config: ["target_endpoint_arn"],
  aws_dms_replication_task: ["target_endpoint_arn"],
  aws_dynamodb_kinesis_streaming_destination: ["stream_arn"],
  aws_lambda_function: ["dead_letter_config.target_arn"],
  aws_lambda_function_event_invoke_config: [
    "destination_config.on_failure.destination",
    "destination_config.on_success.destination",
  ],
  aws_msk_replicator: ["replication_info_list.target_kafka_cluster_arn"],
  aws_pipes_pipe: [
    "enrichment",
    "source_parameters.dynamodb_stream_parameters.dead_letter_config.arn",
    "source_parameters.kinesis_stream_parameters.dead_letter_config.arn",
    "target",
  ],
  aws_prometheus_scraper: ["destination.amp.workspace_arn"],
  aws_rds_integration: ["target_arn"],
  aws_redshift_integration: ["target_arn"],
  aws_s3_bucket_notification: ["lambda_function.lambda_function_arn", "queue.queue_arn", "topic.topic_arn"],
  aws_s3control_object_lambda_access_point: [
    "configuration.transformation_configuration.content_transformation.aws_lambda.function_arn",
  ],
  aws_s3tables_table_bucket_replication: ["rule.destination.destination_table_bucket_arn"],
  aws_s3tables_table_replication: ["rule.destination.destination_table_bucket_arn"],
  aws_scheduler_schedule: ["target.arn", "target.dead_letter_config.arn"],
  aws_secretsmanager_secret_rotation: ["rotation_lambda_arn"],
  aws_sns_topic_subscription: ["endpoint"],
  aws_vpclattice_service_network_service_association: ["service_identifier", "service_network_identifier"],
  aws_vpclattice_service_network_vpc_association: ["service_network_identifier"],
};

/**
 * Strangers among receivers. What has no account in its ARN is no stranger's here: a bucket, an address of mail or of the web is
 * judged as such, and what is looked up by its name is looked up in the account itself.
 */
export const strangersSentTo = (given: readonly Value<string>[], estate: Estate): readonly Value<string>[] =>
  strangersAmong(
    given.filter((each) =>
      isUnknown(each)
        ? !ELSEWHERE.test(each.expression) || isLookedUpElsewhere(each.expression, estate)
        : accountOf(each) !== undefined,
    ),
    estate,
  );

/** Addresses of the web and of mail, and what is looked up by its name. */
const ELSEWHERE =
  /:\/\/|@|^\$\{data\.aws_(?:backup_vault|cloudwatch_event_bus|dynamodb_table|kinesis_firehose_delivery_stream|kinesis_stream|lambda_alias|lambda_function|sfn_state_machine|sns_topic|sqs_queue)\.[^{}]+\}$/;

/** Those of whom a value names that are no accounts of ours, or may be none. */
export function strangersAmong(given: readonly Value<string>[], estate: Estate): readonly Value<string>[] {
  return given.flatMap((each): readonly Value<string>[] => {
    // Images and snapshots have a word for everyone.
    if (!isUnknown(each) && each.toLowerCase() === "all") return [each];
    // Lake Formation's word for leaving it to policies.
    if (each === "IAM_ALLOWED_PRINCIPALS") return [];
    const standing = standingOf(each, estate);
    if (isUnknown(standing)) return [standing];
    // What is unknown of a stranger's is no excuse for the stranger.
    return standing === "ours" ? [] : [isUnknown(each) ? each.expression : each];
  });
}
