/** A setting of a service that can speak clear text, and what it has to be. */
export interface ServiceSetting {
  readonly types: readonly string[];
  /** Blocks down to the attribute, all blocks of each name: `volume.efs_volume_configuration.transit_encryption`. */
  readonly path: string;
  /** What holds where nothing is said, as AWS or the provider documents it. Absent: nothing to judge where it is not said. */
  readonly byDefault?: string;
  readonly accepted: (value: string) => boolean;
  readonly expected: string;
  /** Only where an attribute of the resource has, or has not, one of these values. */
  readonly when?: { readonly attribute: string; readonly is?: readonly string[]; readonly isNot?: readonly string[] };
  /** Only inside blocks of this name; a resource without one has nothing to judge. Absent: always. */
  readonly within?: string;
}

const is =
  (...values: readonly string[]) =>
  (value: string): boolean =>
    values.includes(value.toLowerCase());
const isNot =
  (...values: readonly string[]) =>
  (value: string): boolean =>
    !values.includes(value.toLowerCase());

/** Engines of DMS that are reached through AWS's own interfaces, which speak TLS. */
const BY_INTERFACE = [
  "s3",
  "dynamodb",
  "kinesis",
  "opensearch",
  "elasticsearch",
  "neptune",
  "redshift-serverless",
  "timestream",
];

/** From the pages of the provider hashicorp/aws for each type, read on 2026-11-22. */
export const serviceSettings: readonly ServiceSetting[] = [
  {
    types: ["aws_elasticache_replication_group"],
    path: "transit_encryption_enabled",
    byDefault: "false",
    accepted: is("true"),
    expected: "true",
  },
  {
    types: ["aws_elasticache_replication_group"],
    path: "transit_encryption_mode",
    byDefault: "required",
    accepted: is("required"),
    expected: "required, or clients may speak clear text too",
  },
  {
    types: ["aws_elasticache_cluster"],
    path: "transit_encryption_enabled",
    byDefault: "false",
    accepted: is("true"),
    expected: "true",
    when: { attribute: "replication_group_id", is: ["nothing"] },
  },
  {
    types: ["aws_elasticache_user"],
    path: "no_password_required",
    byDefault: "false",
    accepted: is("false"),
    expected: "false",
  },
  {
    types: ["aws_elasticache_user"],
    path: "authentication_mode.type",
    accepted: isNot("no-password-required"),
    expected: "iam or password",
  },
  {
    types: ["aws_neptune_cluster"],
    path: "iam_database_authentication_enabled",
    byDefault: "false",
    accepted: is("true"),
    expected: "true: it knows no other way to ask who calls",
  },
  {
    types: ["aws_opensearch_domain", "aws_elasticsearch_domain"],
    path: "advanced_security_options.anonymous_auth_enabled",
    accepted: is("false"),
    expected: "false",
  },
  { types: ["aws_memorydb_cluster"], path: "tls_enabled", byDefault: "true", accepted: is("true"), expected: "true" },
  {
    types: ["aws_memorydb_cluster"],
    path: "acl_name",
    byDefault: "open-access",
    accepted: isNot("open-access"),
    expected: "an access list that asks for a password",
  },
  {
    types: ["aws_dax_cluster"],
    path: "cluster_endpoint_encryption_type",
    byDefault: "NONE",
    accepted: is("tls"),
    expected: "TLS",
  },
  {
    types: ["aws_msk_cluster"],
    path: "encryption_info.encryption_in_transit.client_broker",
    byDefault: "TLS",
    accepted: is("tls"),
    expected: "TLS",
  },
  {
    types: ["aws_msk_cluster"],
    path: "encryption_info.encryption_in_transit.in_cluster",
    byDefault: "true",
    accepted: is("true"),
    expected: "true",
  },
  {
    types: ["aws_mskconnect_connector"],
    path: "kafka_cluster_encryption_in_transit.encryption_type",
    byDefault: "PLAINTEXT",
    accepted: is("tls"),
    expected: "TLS",
  },
  {
    types: ["aws_opensearch_domain", "aws_elasticsearch_domain"],
    path: "node_to_node_encryption.enabled",
    byDefault: "false",
    accepted: is("true"),
    expected: "true",
  },
  {
    types: ["aws_dms_endpoint"],
    path: "ssl_mode",
    byDefault: "none",
    accepted: isNot("none"),
    expected: "require, verify-ca or verify-full",
    when: { attribute: "engine_name", isNot: BY_INTERFACE },
  },
  { types: ["aws_db_proxy"], path: "require_tls", byDefault: "false", accepted: is("true"), expected: "true" },
  {
    types: ["aws_ecs_task_definition"],
    path: "volume.efs_volume_configuration.transit_encryption",
    byDefault: "DISABLED",
    accepted: is("enabled"),
    expected: "ENABLED",
    within: "efs_volume_configuration",
  },
  {
    types: ["aws_appsync_api_cache"],
    path: "transit_encryption_enabled",
    byDefault: "false",
    accepted: is("true"),
    expected: "true",
  },
  {
    types: ["aws_opensearch_domain", "aws_elasticsearch_domain"],
    path: "advanced_security_options.enabled",
    byDefault: "false",
    accepted: is("true"),
    expected: "true, or whoever reaches it reads every index",
  },
  {
    types: ["aws_transfer_server"],
    path: "protocols",
    accepted: isNot("ftp"),
    expected: "SFTP, FTPS or AS2",
  },
  {
    types: ["aws_transfer_server"],
    path: "security_policy_name",
    byDefault: "TransferSecurityPolicy-2018-11",
    accepted: (name) =>
      /^TransferSecurityPolicy-(?:FIPS-|Restricted-|SshAuditCompliant-|AS2Restricted-)?202[2-9]-\d\d$/.test(name),
    expected: "a security policy of 2022 or newer: older ones offer SHA-1",
  },
  {
    types: ["aws_ses_configuration_set", "aws_sesv2_configuration_set"],
    path: "delivery_options.tls_policy",
    byDefault: "OPTIONAL",
    accepted: is("require"),
    expected: "REQUIRE, or mail travels in clear text where the other side offers no TLS",
  },
  {
    types: ["aws_ses_receipt_rule"],
    path: "tls_policy",
    byDefault: "Optional",
    accepted: is("require"),
    expected: "Require, or mail comes in in clear text too",
  },
  {
    types: ["aws_glue_connection"],
    path: "connection_properties.JDBC_ENFORCE_SSL",
    byDefault: "false",
    accepted: is("true"),
    expected: "true",
    when: { attribute: "connection_type", is: ["nothing", "JDBC"] },
  },
  { types: ["aws_codebuild_project"], path: "source.insecure_ssl", accepted: is("false"), expected: "false" },
  {
    types: ["aws_quicksight_data_source"],
    path: "ssl_properties.disable_ssl",
    accepted: is("false"),
    expected: "false",
  },
  {
    types: ["aws_verifiedaccess_endpoint"],
    path: "network_interface_options.protocol",
    accepted: isNot("http"),
    expected: "https",
  },
  {
    types: ["aws_verifiedaccess_endpoint"],
    path: "load_balancer_options.protocol",
    accepted: isNot("http"),
    expected: "https",
  },
  {
    types: ["aws_vpclattice_listener"],
    path: "protocol",
    accepted: isNot("http"),
    expected: "HTTPS or TLS_PASSTHROUGH",
  },
  {
    types: ["aws_vpclattice_target_group"],
    path: "config.protocol",
    accepted: isNot("http", "tcp"),
    expected: "HTTPS",
  },
  {
    types: ["aws_appmesh_virtual_node", "aws_appmesh_virtual_gateway"],
    path: "spec.listener.tls.mode",
    byDefault: "DISABLED",
    accepted: is("strict"),
    expected: "STRICT",
    within: "listener",
  },
  {
    types: ["aws_sagemaker_data_quality_job_definition", "aws_sagemaker_model_bias_job_definition"],
    path: "network_config.enable_inter_container_traffic_encryption",
    byDefault: "false",
    accepted: is("true"),
    expected: "true",
  },
  {
    types: ["aws_db_instance", "aws_rds_cluster_instance", "aws_docdb_cluster_instance"],
    path: "ca_cert_identifier",
    accepted: isNot("rds-ca-2015", "rds-ca-2019"),
    expected: "an authority of RDS that has not expired, such as rds-ca-rsa2048-g1",
  },
  {
    types: ["aws_rds_cluster"],
    path: "ca_certificate_identifier",
    accepted: isNot("rds-ca-2015", "rds-ca-2019"),
    expected: "an authority of RDS that has not expired, such as rds-ca-rsa2048-g1",
  },
];
