import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const kept = { deletion_protection: true, delete_automated_backups: false };
const choice = { path: "environments/example/unprotected", until: "2027-11-30", source: "index.json" };
const unprotected = { name: "example", unprotected: { reason: "holds no data of people", ...choice } };

export const examples: Examples = {
  good: [
    {
      title: "a database, a balancer and a bucket that refuse",
      resources: {
        aws_db_instance: { data: kept },
        aws_lb: { web: { enable_deletion_protection: "true" } },
        aws_s3_bucket: { data: {} },
        aws_cognito_user_pool: { users: { deletion_protection: "ACTIVE" } },
      },
    },
    {
      title: "an environment that may be deleted, whose buckets refuse to be emptied all the same",
      resources: {
        aws_rds_cluster: { data: { skip_final_snapshot: true } },
        aws_s3_bucket: { data: { force_destroy: false } },
      },
      declaration: unprotected,
    },
  ],
  bad: [
    {
      title: "a database that goes without a trace",
      resources: { aws_db_instance: { data: { skip_final_snapshot: true } } },
      finds: ["deletion_protection", "skip_final_snapshot", "delete_automated_backups"].map(
        (name) => `aws_db_instance.data ${name}`,
      ),
    },
    {
      title: "buckets, vaults and registries that are emptied by force, even where the rest may be deleted",
      resources: {
        aws_s3_bucket: { data: { force_destroy: true } },
        aws_backup_vault: { data: { force_destroy: true } },
        aws_ecr_repository: { app: { force_delete: true } },
        aws_ebs_volume: { data: { size: 8 } },
      },
      declaration: unprotected,
      finds: [
        "aws_ebs_volume.data final_snapshot",
        "aws_s3_bucket.data force_destroy",
        "aws_ecr_repository.app force_delete",
        "aws_backup_vault.data force_destroy",
      ],
    },
    {
      title: "hosts, logs and a cluster of a declared environment",
      resources: { aws_instance: { host: {} }, aws_cloudwatch_log_group: { app: {} }, aws_eks_cluster: { main: {} } },
      declaration: {},
      finds: [
        "aws_eks_cluster.main deletion_protection",
        "aws_cloudwatch_log_group.app deletion_protection_enabled",
        "aws_instance.host disable_api_termination",
      ],
    },
    {
      title: "hosts that end themselves, or that are let by the spot; files that a replica may overwrite",
      resources: {
        aws_instance: {
          host: { disable_api_termination: true, instance_initiated_shutdown_behavior: "terminate" },
          spot: { disable_api_termination: true, instance_market_options: { market_type: "spot" } },
        },
        aws_efs_file_system: { files: { protection: { replication_overwrite: "DISABLED" } } },
        aws_networkfirewall_firewall: { out: { delete_protection: true, subnet_change_protection: true } },
      },
      declaration: {},
      finds: [
        "aws_networkfirewall_firewall.out firewall_policy_change_protection",
        "aws_instance.host instance_initiated_shutdown_behavior",
        "aws_instance.spot instance_market_options.market_type",
        "aws_efs_file_system.files protection.replication_overwrite",
      ],
    },
    {
      title: "tables and clusters of other engines",
      resources: {
        aws_docdb_cluster: { data: { deletion_protection: true, skip_final_snapshot: "true" } },
        aws_neptune_cluster: { data: {} },
        aws_dynamodb_table: { items: {} },
        aws_alb: { web: {} },
      },
      finds: [
        "aws_docdb_cluster.data skip_final_snapshot",
        "aws_neptune_cluster.data deletion_protection",
        "aws_dynamodb_table.items deletion_protection_enabled",
        "aws_alb.web enable_deletion_protection",
      ],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { aws_rds_cluster: { data: { ...kept, deletion_protection: "${var.protected}" } } },
      finds: ["aws_rds_cluster.data deletion_protection"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_rds_cluster", "drop deletion protection", ({ deletion_protection: _, ...cluster }) => cluster),
  onResource("aws_rds_cluster", "skip the final snapshot", (cluster) => ({ ...cluster, skip_final_snapshot: true })),
  onResource("aws_rds_cluster", "delete backups with the database", (cluster) => ({
    ...cluster,
    delete_automated_backups: true,
  })),
  onResource("aws_lb", "drop deletion protection of an entrance", (lb) => ({
    ...lb,
    enable_deletion_protection: false,
  })),
  onResource("aws_s3_bucket", "let a bucket be emptied by force", (bucket) => ({ ...bucket, force_destroy: true })),
  onResource("aws_ebs_volume", "let a disk go without a snapshot", ({ final_snapshot: _, ...volume }) => volume),
  onResource("aws_instance", "let hosts be terminated", (host) => ({ ...host, disable_api_termination: false })),
  onResource("aws_instance", "let hosts end themselves", (host) => ({
    ...host,
    instance_initiated_shutdown_behavior: "terminate",
  })),
  onResource("aws_instance", "let hosts by the spot", (host) => ({
    ...host,
    instance_market_options: { market_type: "spot" },
  })),
  onResource("aws_networkfirewall_firewall", "let the firewall lose a zone", (firewall) => ({
    ...firewall,
    subnet_change_protection: false,
  })),
  onResource("aws_efs_file_system", "let a replica overwrite files", (files) => ({
    ...files,
    protection: { replication_overwrite: "DISABLED" },
  })),
  onResource("aws_eks_cluster", "let the cluster be deleted", (cluster) => ({
    ...cluster,
    deletion_protection: "false",
  })),
];
