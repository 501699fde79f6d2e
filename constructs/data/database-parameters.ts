import type { RdsClusterParameterGroupParameter } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group/index.js";

/**
 * One parameter. RDS takes a static one only at the next restart; another `applyMethod` than RDS reports would show as a
 * change in every plan.
 */
const dynamic = (name: string, value: string): RdsClusterParameterGroupParameter => ({
  name,
  value,
  applyMethod: "immediate",
});
const fixed = (name: string, value: string): RdsClusterParameterGroupParameter => ({
  name,
  value,
  applyMethod: "pending-reboot",
});

/**
 * Parameters of a PostgreSQL 17 cluster: TLS 1.2 or later for everyone, SCRAM alone, and a log that says who came, what
 * changed rights or tables, what was slow or waited, and no value of a row.
 */
export const databaseParameters = (maxConnections: number): readonly RdsClusterParameterGroupParameter[] => [
  // Both are what PostgreSQL 17 has anyway: RDS then reports no other method for them.
  fixed("rds.force_ssl", "1"),
  fixed("ssl_min_protocol_version", "TLSv1.2"),
  dynamic("password_encryption", "scram-sha-256"),
  dynamic("rds.accepted_password_auth_method", "scram"),
  // Its default follows the memory of the instance: a number of our own is what the alarm can be a share of.
  fixed("max_connections", String(maxConnections)),
  fixed("shared_preload_libraries", "pg_stat_statements,pgaudit"),
  dynamic("pgaudit.log", "ddl,role"),
  dynamic("log_connections", "1"),
  dynamic("log_disconnections", "1"),
  dynamic("log_lock_waits", "1"),
  dynamic("log_min_duration_statement", "1000"),
  // Parameters of a slow statement and the details of an error hold rows, hence personal data (MUN-2.12).
  dynamic("log_parameter_max_length", "0"),
  dynamic("log_parameter_max_length_on_error", "0"),
  dynamic("log_error_verbosity", "terse"),
  // A client that hangs in a transaction holds its locks, and keeps vacuum from its work, for five minutes at most.
  dynamic("idle_in_transaction_session_timeout", "300000"),
];
