import type { Estate } from "../../estate.ts";
import { isUnknown, type Value } from "../../value.ts";
import { standingOf } from "../standing.ts";

/** By type: where those stand whom something is handed to. Names are those of the provider's documentation, version 6.66. */
export const sharedWith: Readonly<Record<string, readonly string[]>> = {
  aws_ami_launch_permission: ["group", "account_id", "organization_arn", "organizational_unit_arn"],
  aws_auditmanager_framework_share: ["destination_account"],
  aws_config_aggregate_authorization: ["account_id"],
  aws_db_cluster_snapshot: ["shared_accounts"],
  aws_db_snapshot: ["shared_accounts"],
  aws_db_snapshot_copy: ["shared_accounts"],
  aws_detective_invitation_accepter: ["graph_arn"],
  aws_directory_service_shared_directory: ["target.id"],
  aws_dlm_lifecycle_policy: ["policy_details.schedule.share_rule.target_accounts"],
  aws_dx_gateway_association_proposal: ["dx_gateway_owner_account_id"],
  aws_dx_hosted_connection: ["owner_account_id"],
  aws_dx_hosted_private_virtual_interface: ["owner_account_id"],
  aws_dx_hosted_public_virtual_interface: ["owner_account_id"],
  aws_dx_hosted_transit_virtual_interface: ["owner_account_id"],
  aws_ec2_transit_gateway_peering_attachment: ["peer_account_id"],
  aws_ecr_replication_configuration: ["replication_configuration.rule.destination.registry_id"],
  aws_eks_access_entry: ["principal_arn"],
  aws_eks_access_policy_association: ["principal_arn"],
  aws_globalaccelerator_cross_account_attachment: ["principals"],
  aws_guardduty_invite_accepter: ["master_account_id"],
  aws_imagebuilder_distribution_configuration: [
    ...["organization_arns", "organizational_unit_arns", "user_groups", "user_ids"].map(
      (name) => `distribution.ami_distribution_configuration.launch_permission.${name}`,
    ),
    "distribution.ami_distribution_configuration.target_account_ids",
  ],
  aws_kms_grant: ["grantee_principal", "retiring_principal"],
  aws_lakeformation_permissions: ["principal"],
  aws_licensemanager_grant: ["principal"],
  aws_macie2_invitation_accepter: ["administrator_account_id"],
  aws_network_interface_permission: ["aws_account_id"],
  aws_oam_link: ["sink_identifier"],
  aws_ram_principal_association: ["principal"],
  aws_ram_resource_share_associations_exclusive: ["principals"],
  aws_rds_cluster_snapshot_copy: ["shared_accounts"],
  aws_redshift_data_share_authorization: ["consumer_identifier"],
  aws_redshift_endpoint_authorization: ["account"],
  aws_s3_bucket_replication_configuration: ["rule.destination.account"],
  aws_securityhub_invite_accepter: ["master_id"],
  aws_servicecatalog_portfolio_share: ["principal_id"],
  aws_signer_signing_profile_permission: ["principal"],
  aws_snapshot_create_volume_permission: ["account_id"],
  aws_vpc_endpoint_service: ["allowed_principals"],
  aws_vpc_endpoint_service_allowed_principal: ["principal_arn"],
  aws_vpc_peering_connection: ["peer_owner_id"],
};

/** By type: the ARN of what something is sent on to, or copied to. */
export const sentTo: Readonly<Record<string, readonly string[]>> = {
  aws_backup_plan: ["rule.copy_action.destination_vault_arn"],
  aws_cloudwatch_event_target: ["arn"],
  aws_cloudwatch_log_destination: ["target_arn"],
  aws_cloudwatch_log_subscription_filter: ["destination_arn"],
  aws_s3_bucket_notification: ["lambda_function.lambda_function_arn", "queue.queue_arn", "topic.topic_arn"],
  aws_sns_topic_subscription: ["endpoint"],
};

/** Strangers among receivers; addresses of mail and of the web are judged as such, and what outputs make is ours. */
export const strangersSentTo = (given: readonly Value<string>[], estate: Estate): readonly Value<string>[] =>
  strangersAmong(
    given.filter((each) => !isUnknown(each) && /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/.test(each)),
    estate,
  );

/** Those of whom a value names that are no accounts of ours, or may be none. */
export function strangersAmong(given: readonly Value<string>[], estate: Estate): readonly Value<string>[] {
  return given.flatMap((each): readonly Value<string>[] => {
    // Images and snapshots have a word for everyone.
    if (!isUnknown(each) && each.toLowerCase() === "all") return [each];
    // Lake Formation's word for leaving it to policies.
    if (each === "IAM_ALLOWED_PRINCIPALS") return [];
    const standing = standingOf(each, estate);
    if (isUnknown(standing)) return [standing];
    return standing === "ours" ? [] : [each];
  });
}
