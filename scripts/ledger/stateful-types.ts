/** Why the ledger holds a type of resource, and what it records of each. */
interface StatefulType {
  /** What is gone when such a resource goes. */
  readonly loses: string;
  /**
   * Arguments whose change destroys the resource and makes another; nested ones by path. `region` is that of the provider
   * where the resource itself names none. `test/scripts/ledger-replacements.test.ts` proves them by real plans.
   */
  readonly replacing: readonly string[];
  /** Holds nothing itself, and is recorded only where a replacing argument of another entry refers to it. */
  readonly onlyWhereReferredTo?: true;
}

/**
 * The types that lose something with their address: data, a key without which data cannot be read, or a name that others
 * have written down; and types whose replacement takes along an entry that refers to them.
 */
export const statefulTypes: Readonly<Record<string, StatefulType>> = {
  aws_acmpca_certificate: {
    loses: "the root certificate that every client trusts",
    replacing: [
      "api_passthrough",
      "certificate_authority_arn",
      "certificate_signing_request",
      "region",
      "signing_algorithm",
      "template_arn",
      "validity",
    ],
  },
  aws_acmpca_certificate_authority: {
    loses: "the authority's key and every certificate it issued",
    replacing: ["certificate_authority_configuration", "key_storage_security_standard", "region", "type"],
  },
  aws_backup_vault: { loses: "every recovery point of the vault", replacing: ["kms_key_arn", "name", "region"] },
  aws_cloudwatch_log_group: {
    loses: "the archive of logs",
    replacing: ["log_group_class", "name", "name_prefix", "region"],
  },
  aws_db_subnet_group: {
    loses: "the database inside it, which is replaced with it",
    replacing: ["name", "name_prefix", "region"],
    onlyWhereReferredTo: true,
  },
  aws_ebs_volume: {
    loses: "the data of a host's store",
    replacing: [
      "availability_zone",
      "encrypted",
      "kms_key_id",
      "multi_attach_enabled",
      "outpost_arn",
      "region",
      "snapshot_id",
    ],
  },
  aws_ecr_repository: {
    loses: "the images of every version to go back to",
    replacing: ["encryption_configuration", "name", "region"],
  },
  aws_efs_file_system: {
    loses: "the shared files",
    replacing: ["availability_zone_name", "creation_token", "encrypted", "kms_key_id", "performance_mode", "region"],
  },
  aws_eip: {
    loses: "a public address that others admit through their firewalls",
    replacing: ["address", "domain", "network_border_group", "public_ipv4_pool", "region"],
  },
  aws_eks_cluster: {
    loses: "all that the cluster holds, its endpoint and its issuer",
    replacing: [
      "access_config.bootstrap_cluster_creator_admin_permissions",
      "bootstrap_self_managed_addons",
      "encryption_config",
      "kubernetes_network_config.ip_family",
      "kubernetes_network_config.service_ipv4_cidr",
      "name",
      "region",
      "role_arn",
    ],
  },
  aws_guardduty_detector: { loses: "findings and their suppressions", replacing: ["region"] },
  aws_iam_role: {
    loses: "the cluster that runs under it, which is replaced with it",
    replacing: ["name", "name_prefix", "path"],
    onlyWhereReferredTo: true,
  },
  aws_kms_key: {
    loses: "all that the key encrypts",
    replacing: ["custom_key_store_id", "customer_master_key_spec", "key_usage", "multi_region", "region", "xks_key_id"],
  },
  aws_rds_cluster: {
    loses: "the database",
    replacing: [
      "availability_zones",
      "cluster_identifier",
      "cluster_identifier_prefix",
      "cluster_scalability_type",
      "database_name",
      "db_subnet_group_name",
      "db_system_id",
      "engine",
      "engine_mode",
      "kms_key_id",
      "master_username",
      "region",
      "restore_to_point_in_time",
      "snapshot_identifier",
      "source_region",
      "storage_encrypted",
      "storage_type",
    ],
  },
  aws_route53_key_signing_key: {
    loses: "the key that the parent zone vouches for: the domain stops resolving",
    replacing: ["hosted_zone_id", "name"],
  },
  aws_route53_zone: {
    loses: "every record of the zone, and the name servers that the parent zone names",
    replacing: ["delegation_set_id", "name"],
  },
  aws_s3_bucket: {
    loses: "every object of the bucket, and its name to whoever takes it first",
    replacing: ["bucket", "bucket_prefix", "object_lock_enabled", "region"],
  },
  aws_secretsmanager_secret: { loses: "every version of the secret", replacing: ["name", "name_prefix", "region"] },
  aws_securityhub_account: {
    loses: "findings and what was decided on them",
    replacing: ["enable_default_standards", "region"],
  },
  aws_sesv2_email_identity: {
    loses: "a verified sender: mail is refused until it is verified again",
    replacing: ["email_identity", "region"],
  },
  terraform: {
    loses: "all that Terraform knows of the stack: it would make everything a second time",
    replacing: ["bucket", "key", "region"],
  },
};
