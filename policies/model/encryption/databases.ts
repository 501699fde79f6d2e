import { flagged, type Spot, type Spots, whole } from "./spot.ts";

const insights: Spot = {
  what: "performance insights",
  key: ["performance_insights_kms_key_id"],
  when: { name: "performance_insights_enabled", is: "true", default: "false" },
};
const password: Spot = {
  what: "the administrator's password",
  key: ["master_user_secret_kms_key_id"],
  when: { name: "manage_master_user_password", is: "true", default: "false" },
};
const stored: Spot = {
  what: "data",
  key: ["kms_key_id"],
  on: { name: "storage_encrypted", default: false },
};
/** A global cluster that is made of one that is there already. */
const globally: readonly Spot[] = [
  {
    what: "data",
    key: [],
    on: { name: "storage_encrypted", default: false },
    follows: "source_db_cluster_identifier",
  },
];
const domain: readonly Spot[] = [
  { what: "data", at: "encrypt_at_rest", key: ["kms_key_id"], on: { name: "enabled", default: false } },
];
const tables = (name: string): readonly Spot[] => [
  {
    what: "data",
    at: "encryption_configuration",
    key: ["kms_key_arn"],
    mode: { name, default: "AES256", kms: ["aws:kms"] },
  },
];
const arn: Spot = { what: "data", key: ["kms_key_arn"] };

/** Databases, caches and search, and their copies. */
export const databases: Spots = {
  aws_db_instance: [{ ...stored, follows: "replicate_source_db" }, insights, password],
  // A replica of a global cluster in another region has a key of its own.
  aws_rds_cluster: [stored, insights, password],
  aws_rds_cluster_instance: [insights],
  aws_rds_global_cluster: globally,
  aws_rds_cluster_activity_stream: whole("the stream", "kms_key_id"),
  aws_db_instance_automated_backups_replication: whole("the copy", "kms_key_id"),
  aws_db_snapshot_copy: whole("the copy", "kms_key_id"),
  aws_rds_cluster_snapshot_copy: whole("the copy", "kms_key_id"),
  aws_docdb_cluster: [stored],
  aws_docdb_cluster_instance: [
    { ...insights, when: { name: "enable_performance_insights", is: "true", default: "false" } },
  ],
  aws_docdb_global_cluster: globally,
  aws_dsql_cluster: whole("data", "kms_encryption_key"),
  aws_finspace_kx_environment: whole("data", "kms_key_id"),
  aws_s3tables_table: tables("sse_algorithm"),
  aws_s3tables_table_bucket: tables("sse_algorithm"),
  aws_s3vectors_index: tables("sse_type"),
  aws_s3vectors_vector_bucket: tables("sse_type"),
  aws_docdbelastic_cluster: whole("data", "kms_key_id"),
  aws_neptune_cluster: [{ ...stored, key: ["kms_key_arn"], follows: "replication_source_identifier" }],
  aws_neptune_global_cluster: globally,
  aws_dynamodb_table: [
    { what: "data", at: "server_side_encryption", key: ["kms_key_arn"], on: { name: "enabled", default: false } },
    { what: "a replica", at: "replica[]", key: ["kms_key_arn"] },
  ],
  aws_dynamodb_table_replica: whole("the replica", "kms_key_arn"),
  aws_dax_cluster: [{ what: "data", at: "server_side_encryption", key: [], on: { name: "enabled", default: false } }],
  aws_elasticache_replication_group: [
    {
      what: "data",
      key: ["kms_key_id"],
      on: { name: "at_rest_encryption_enabled", default: false },
      follows: "global_replication_group_id",
    },
  ],
  aws_elasticache_serverless_cache: whole("data", "kms_key_id"),
  aws_memorydb_cluster: [arn],
  aws_memorydb_snapshot: [arn],
  aws_opensearch_domain: domain,
  aws_elasticsearch_domain: domain,
  // Collections have the key of the policy that names them, or AWS's own where it says AWSOwnedKey.
  aws_opensearchserverless_security_policy: [
    { what: "collections", json: "policy", key: ["KmsARN"], when: { name: "type", is: "encryption" } },
  ],
  aws_redshift_cluster: [
    // On by default since version 6 of the provider; whoever has an older one must say so.
    ...flagged("data", "encrypted", "kms_key_id"),
    {
      ...password,
      key: ["master_password_secret_kms_key_id"],
      when: { name: "manage_master_password", is: "true", default: "false" },
    },
  ],
  aws_redshift_snapshot_copy_grant: whole("copies", "kms_key_id"),
  aws_redshiftserverless_namespace: whole("data", "kms_key_id"),
  aws_keyspaces_table: [
    {
      what: "data",
      at: "encryption_specification",
      key: ["kms_key_identifier"],
      mode: { name: "type", default: "AWS_OWNED_KMS_KEY", kms: ["CUSTOMER_MANAGED_KMS_KEY"] },
    },
  ],
  aws_timestreamwrite_database: whole("data", "kms_key_id"),
  aws_timestreaminfluxdb_db_instance: whole("data", "kms_key_id"),
  aws_qldb_ledger: whole("data", "kms_key"),
  aws_dms_replication_instance: whole("data on the way", "kms_key_arn"),
  aws_dms_endpoint: whole("the connection", "kms_key_arn"),
  aws_dms_s3_endpoint: [
    {
      what: "data",
      key: ["server_side_encryption_kms_key_id"],
      mode: { name: "encryption_mode", default: "SSE_S3", kms: ["SSE_KMS"] },
    },
    { what: "the connection", key: ["kms_key_arn"] },
  ],
};
