import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";

const cared = { backup_retention_period: 14, multi_az: true, copy_tags_to_snapshot: true };
const aurora = {
  aws_rds_cluster: { data: { cluster_identifier: "data", backup_retention_period: 14, copy_tags_to_snapshot: true } },
};
const members = (...names: readonly string[]) => ({
  aws_rds_cluster_instance: Object.fromEntries(
    names.map((name) => [name, { cluster_identifier: "${aws_rds_cluster.data.id}" }]),
  ),
});

const searching = { software_update_options: { auto_software_update_enabled: true } };

export const examples: Examples = {
  good: [
    {
      title: "search with three masters, or with data nodes in three zones",
      resources: {
        aws_opensearch_domain: {
          masters: {
            ...searching,
            cluster_config: { zone_awareness_enabled: true, dedicated_master_enabled: true, dedicated_master_count: 3 },
          },
          nodes: {
            ...searching,
            cluster_config: {
              ...{ zone_awareness_enabled: true, instance_count: 3 },
              zone_awareness_config: [{ availability_zone_count: 3 }],
            },
          },
        },
      },
    },
    {
      title: "shards with a replica, which is the default",
      resources: { aws_memorydb_cluster: { own: { snapshot_retention_limit: 7 } } },
    },
    { title: "an instance with a standby", resources: { aws_db_instance: { data: cared } } },
    { title: "a cluster of two", resources: { ...aurora, ...members("one", "two") } },
    {
      title: "a cluster of RDS, which has three members by itself, and a replica, which is one",
      resources: {
        aws_rds_cluster: {
          data: {
            ...{ cluster_identifier: "data", db_cluster_instance_class: "db.m6gd.large" },
            ...{ backup_retention_period: 7, copy_tags_to_snapshot: true },
          },
        },
        aws_db_instance: {
          replica: { replicate_source_db: "data", copy_tags_to_snapshot: true },
          elsewhere: { replicate_source_db: "x", backup_retention_period: 7, copy_tags_to_snapshot: true },
        },
      },
    },
    {
      title: "a table that can be taken back, and files in every zone",
      resources: {
        aws_efs_file_system: { files: {} },
        aws_dynamodb_table: { items: { point_in_time_recovery: { enabled: true } } },
      },
    },
  ],
  bad: [
    {
      title: "search whose masters are two, or data nodes in two zones, or one zone",
      resources: {
        aws_opensearch_domain: Object.fromEntries(
          Object.entries({
            pair: { zone_awareness_enabled: true, dedicated_master_enabled: true, dedicated_master_count: 2 },
            zones: { zone_awareness_enabled: true, instance_count: 4 },
            one: { dedicated_master_enabled: true, dedicated_master_count: 3 },
          }).map(([name, cluster_config]) => [name, { ...searching, cluster_config }]),
        ),
      },
      finds: [
        "aws_opensearch_domain.pair cluster_config.dedicated_master_count",
        "aws_opensearch_domain.zones cluster_config.dedicated_master_count",
        "aws_opensearch_domain.one cluster_config.zone_awareness_enabled",
      ],
    },
    {
      title: "an instance as it is by default, that mends nothing",
      resources: { aws_db_instance: { data: { auto_minor_version_upgrade: false } } },
      finds: ["backup_retention_period", "multi_az", "auto_minor_version_upgrade", "copy_tags_to_snapshot"].map(
        (name) => `aws_db_instance.data ${name}`,
      ),
    },
    {
      title: "a cluster of one",
      resources: { ...aurora, ...members("one") },
      finds: ["aws_rds_cluster.data aws_rds_cluster_instance"],
    },
    {
      title: "two members in one zone",
      resources: {
        ...aurora,
        aws_rds_cluster_instance: Object.fromEntries(
          ["one", "two"].map((name) => [
            name,
            { cluster_identifier: "${aws_rds_cluster.data.id}", availability_zone: "eu-central-1a" },
          ]),
        ),
      },
      finds: ["aws_rds_cluster.data aws_rds_cluster_instance"],
    },
    {
      title: "files that lie in one zone",
      resources: { aws_efs_file_system: { files: { availability_zone_name: "eu-central-1a" } } },
      finds: ["aws_efs_file_system.files availability_zone_name"],
    },
    {
      title: "caches, search, brokers and tables without a second place",
      resources: {
        aws_dynamodb_table: { items: {} },
        aws_elasticache_replication_group: { cache: { automatic_failover_enabled: true } },
        aws_memorydb_cluster: { own: { num_replicas_per_shard: 0, snapshot_retention_limit: 7 } },
        aws_mq_broker: { work: { auto_minor_version_upgrade: true } },
        aws_opensearch_domain: { search: { software_update_options: { auto_software_update_enabled: true } } },
      },
      finds: [
        "aws_elasticache_replication_group.cache snapshot_retention_limit",
        "aws_elasticache_replication_group.cache multi_az_enabled",
        "aws_memorydb_cluster.own num_replicas_per_shard",
        "aws_opensearch_domain.search cluster_config.zone_awareness_enabled",
        "aws_mq_broker.work deployment_mode",
        "aws_dynamodb_table.items point_in_time_recovery.enabled",
      ],
    },
    {
      title: "backups of a week where the catalogue declares 30 days",
      resources: { aws_db_instance: { data: { ...cared, backup_retention_period: 7 } } },
      declaration: {
        services: [
          {
            ...{ name: "example", components: [], entrypoints: [], flows: [], egress: [], secrets: [] },
            stores: [{ name: "database", kind: "managed-postgres", why: "", ports: [], hosts: [] }],
            backups: [
              {
                ...{ name: "dump", of: "example/database", runner: "example/dump", by: "pg-dump", material: "data" },
                ...{
                  offsite: true,
                  keepDays: 30,
                  lockDays: 31,
                  recoveryPointSeconds: 86400,
                  recoveryTimeSeconds: 3600,
                },
              },
            ],
          },
        ],
      },
      finds: ["aws_db_instance.data backup_retention_period"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { aws_db_instance: { data: { ...cared, backup_retention_period: "${var.days}" } } },
      finds: ["aws_db_instance.data backup_retention_period"],
    },
    {
      title: "a replica has the backups of a source that no output shows",
      resources: { aws_db_instance: { replica: { replicate_source_db: "elsewhere", copy_tags_to_snapshot: true } } },
      finds: ["aws_db_instance.replica replicate_source_db"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_rds_cluster", "keep backups for a week", (cluster) => ({ ...cluster, backup_retention_period: 7 })),
  onResource("aws_rds_cluster", "make no backups at all", ({ backup_retention_period: _, ...cluster }) => cluster),
  onResource("aws_rds_cluster", "leave snapshots without tags", (cluster) => ({
    ...cluster,
    copy_tags_to_snapshot: false,
  })),
  onResource(
    "aws_rds_cluster",
    "make it an Aurora without members",
    ({ db_cluster_instance_class: _, ...cluster }) => cluster,
  ),
  onResource("aws_efs_file_system", "keep files in one zone", (files) => ({
    ...files,
    availability_zone_name: "eu-central-1a",
  })),
  addResource("add an instance in one zone", "aws_db_instance", {
    backup_retention_period: 35,
    copy_tags_to_snapshot: true,
  }),
];
