import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";

const key = { aws_kms_key: { data: { description: "data" } } };
const ours = "${aws_kms_key.data.arn}";

/** A policy of OpenSearch Serverless: how collections are encrypted, or who reaches them. */
const policy = (more: object, type = "encryption") => ({
  aws_opensearchserverless_security_policy: {
    all: {
      type,
      policy: JSON.stringify({ Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }], ...more }),
    },
  },
});

const emr = (more: object, kms: object = { AwsKmsKey: ours }) => ({
  aws_emr_security_configuration: {
    main: {
      configuration: JSON.stringify({
        EncryptionConfiguration: {
          EnableInTransitEncryption: true,
          EnableAtRestEncryption: true,
          AtRestEncryptionConfiguration: {
            S3EncryptionConfiguration: { EncryptionMode: "SSE-KMS", ...kms },
            LocalDiskEncryptionConfiguration: {
              ...{ EncryptionKeyProviderType: "AwsKms", EnableEbsEncryption: true },
              ...kms,
              ...more,
            },
          },
        },
      }),
    },
  },
});
const LOCAL =
  "configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration" as const;

export const examples: Examples = {
  good: [
    {
      title: "clusters and jobs that are encrypted as a configuration says",
      resources: {
        ...key,
        ...emr({}),
        aws_emr_cluster: { main: { security_configuration: "${aws_emr_security_configuration.main.name}" } },
        aws_glue_security_configuration: {
          main: {
            name: "all",
            encryption_configuration: {
              cloudwatch_encryption: { cloudwatch_encryption_mode: "SSE-KMS", kms_key_arn: ours },
              job_bookmarks_encryption: { job_bookmarks_encryption_mode: "CSE-KMS", kms_key_arn: ours },
              s3_encryption: { s3_encryption_mode: "SSE-KMS", kms_key_arn: ours },
            },
          },
        },
        aws_glue_job: { main: { security_configuration: "all" } },
      },
    },
    { title: "collections under a key of ours", resources: { ...key, ...policy({ KmsARN: ours }) } },
    {
      title: "a policy of networks",
      resources: {
        ...key,
        ...policy({ AllowFromPublic: false }, "network"),
        aws_sqs_queue: { work: { kms_master_key_id: ours } },
      },
    },
    {
      title: "a disk, a database with insights and a queue under a key of ours",
      resources: {
        ...key,
        aws_ebs_volume: { data: { encrypted: true, kms_key_id: ours } },
        aws_db_instance: {
          data: {
            storage_encrypted: true,
            kms_key_id: ours,
            performance_insights_enabled: true,
            performance_insights_kms_key_id: ours,
          },
        },
        aws_sqs_queue: { work: { kms_master_key_id: ours } },
        aws_kinesis_stream: { events: { encryption_type: "KMS", kms_key_id: ours } },
      },
    },
    {
      title: "a volume that says nothing in an account that encrypts with a key of ours",
      resources: {
        ...key,
        aws_ebs_encryption_by_default: { all: {} },
        aws_ebs_default_kms_key: { all: { key_arn: ours } },
        aws_instance: { host: { ami: "ami-1", instance_type: "t4g.small" } },
      },
    },
    {
      title: "a parameter in clear text, which is for what is no secret, and a replica, encrypted as its source",
      resources: {
        ...key,
        aws_backup_vault: { data: { kms_key_arn: ours } },
        aws_ssm_parameter: { endpoint: { type: "String", value: "x" } },
        aws_db_instance: {
          data: { identifier: "data", storage_encrypted: true, kms_key_id: ours },
          replica: { replicate_source_db: "${aws_db_instance.data.identifier}" },
          another: { replicate_source_db: "data" },
        },
      },
    },
    {
      title: "a replica of a source elsewhere under a key of ours, which AWS refuses where the source is in clear",
      resources: { ...key, aws_db_instance: { replica: { replicate_source_db: "elsewhere", kms_key_id: ours } } },
    },
    {
      title: "a key named by an alias of ours, which was looked up",
      resources: { aws_sns_topic: { news: { kms_master_key_id: "${data.aws_kms_alias.ours.target_key_arn}" } } },
      configuration: { data: { aws_kms_alias: { ours: { name: "alias/news" } } } },
    },
  ],
  bad: [
    {
      title: "clusters and jobs without a configuration, and one that leaves volumes out",
      resources: {
        ...key,
        ...emr({ EnableEbsEncryption: false }),
        aws_emr_cluster: { main: {} },
        aws_glue_crawler: { main: {} },
        aws_glue_job: { main: {} },
      },
      finds: [
        "aws_glue_crawler.main security_configuration",
        "aws_glue_job.main security_configuration",
        "aws_emr_cluster.main security_configuration",
        `aws_emr_security_configuration.main ${LOCAL}.EnableEbsEncryption`,
      ],
    },
    {
      title: "a configuration with keys that a program gives",
      resources: { ...key, ...emr({ EncryptionKeyProviderType: "Custom" }) },
      finds: [`aws_emr_security_configuration.main ${LOCAL}.EncryptionKeyProviderType`],
    },
    {
      title: "collections under a key of AWS's own",
      resources: policy({ AWSOwnedKey: true }),
      finds: ["aws_opensearchserverless_security_policy.all policy.KmsARN"],
    },
    {
      title: "a serverless cache under a key of AWS's own",
      resources: { aws_elasticache_serverless_cache: { own: { engine: "valkey" } } },
      finds: ["aws_elasticache_serverless_cache.own kms_key_id"],
    },
    {
      title: "a root volume and a volume of a template that are not encrypted",
      resources: {
        aws_instance: { host: { root_block_device: [{ volume_size: 8 }] } },
        aws_launch_template: { hosts: { block_device_mappings: [{ ebs: [{ encrypted: "false" }] }] } },
      },
      finds: [
        "aws_instance.host root_block_device.encrypted",
        "aws_launch_template.hosts block_device_mappings.ebs.encrypted",
      ],
    },
    {
      title: "a topic, a log and a table under keys of AWS's own",
      resources: {
        aws_sns_topic: { news: { kms_master_key_id: "alias/aws/sns" } },
        aws_dynamodb_table: { items: { server_side_encryption: { enabled: true } } },
        aws_cloudwatch_log_group: { app: { name: "app" } },
      },
      finds: [
        "aws_dynamodb_table.items server_side_encryption.kms_key_arn",
        "aws_sns_topic.news kms_master_key_id",
        "aws_cloudwatch_log_group.app kms_key_id",
      ],
    },
    {
      title: "images encrypted by ECR itself, and secrets of a cluster by nobody",
      resources: {
        aws_ecr_repository: { app: { name: "app" } },
        aws_eks_cluster: { main: { name: "main" } },
      },
      finds: [
        "aws_ecr_repository.app encryption_configuration.encryption_type",
        "aws_eks_cluster.main encryption_config.provider.key_arn",
      ],
    },
    {
      title: "a key of another region",
      resources: {
        aws_kms_key: { data: { provider: "${aws.copy}" } },
        aws_backup_vault: { data: { name: "data", kms_key_arn: ours } },
      },
      configuration: {
        provider: { aws: [{ region: "eu-central-1" }, { alias: "copy", region: "eu-west-1" }] },
      },
      finds: ["aws_backup_vault.data kms_key_arn"],
    },
    {
      title: "a key looked up by the name of AWS's own",
      resources: { aws_efs_file_system: { files: { encrypted: true, kms_key_id: "${data.aws_kms_key.aws.arn}" } } },
      configuration: { data: { aws_kms_key: { aws: { key_id: "alias/aws/elasticfilesystem" } } } },
      finds: ["aws_efs_file_system.files kms_key_id"],
    },
  ],
  unknown: [
    {
      title: "a configuration of elsewhere",
      resources: { ...key, aws_glue_job: { main: { security_configuration: "everybody" } } },
      finds: ["aws_glue_job.main security_configuration"],
    },
    {
      title: "a variable holds how collections are encrypted",
      resources: { aws_opensearchserverless_security_policy: { all: { type: "encryption", policy: "${var.policy}" } } },
      finds: ["aws_opensearchserverless_security_policy.all policy.KmsARN"],
    },
    {
      title: "a variable decides",
      resources: {
        aws_secretsmanager_secret: { password: { kms_key_id: "${var.key}" } },
        aws_docdb_cluster: { data: { storage_encrypted: "${var.encrypted}", kms_key_id: "${var.key}" } },
      },
      finds: ["aws_docdb_cluster.data storage_encrypted", "aws_secretsmanager_secret.password kms_key_id"],
    },
    {
      title: "replicas follow what no output shows, whatever they say of themselves",
      resources: {
        aws_db_instance: {
          replica: { replicate_source_db: "elsewhere" },
          said: { replicate_source_db: "${var.source}", storage_encrypted: true },
          itself: { identifier: "itself", replicate_source_db: "itself" },
        },
        aws_rds_global_cluster: { all: { source_db_cluster_identifier: "${data.aws_rds_cluster.old.arn}" } },
        aws_neptune_cluster: { replica: { replication_source_identifier: "elsewhere" } },
        aws_elasticache_global_replication_group: { all: { primary_replication_group_id: "elsewhere" } },
        aws_elasticache_replication_group: {
          second: { global_replication_group_id: "${aws_elasticache_global_replication_group.all.id}" },
        },
      },
      finds: [
        "aws_db_instance.replica replicate_source_db",
        "aws_db_instance.said replicate_source_db",
        "aws_db_instance.itself replicate_source_db",
        "aws_rds_global_cluster.all source_db_cluster_identifier",
        "aws_neptune_cluster.replica replication_source_identifier",
        "aws_elasticache_replication_group.second global_replication_group_id",
      ],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource(
    "add collections under a key of AWS's own",
    "aws_opensearchserverless_security_policy",
    policy({ AWSOwnedKey: true }).aws_opensearchserverless_security_policy.all,
  ),
  onResource("aws_ebs_volume", "leave a disk in clear", (volume) => ({ ...volume, encrypted: false })),
  onResource("aws_instance", "use AWS's own key for a root volume", (host) => ({
    ...host,
    root_block_device: { ...host.root_block_device, kms_key_id: "alias/aws/ebs" },
  })),
  onResource("aws_secretsmanager_secret", "forget the key", ({ kms_key_id: _, ...secret }) => secret),
  onResource("aws_sns_topic", "use AWS's own key", (topic) => ({ ...topic, kms_master_key_id: "alias/aws/sns" })),
  onResource("aws_rds_cluster", "leave the database in clear", (cluster) => ({
    ...cluster,
    storage_encrypted: "false",
  })),
  onResource(
    "aws_rds_cluster",
    "forget the key of insights",
    ({ performance_insights_kms_key_id: _, ...rest }) => rest,
  ),
  addResource("add a replica of a database elsewhere", "aws_db_instance", {
    replicate_source_db: "arn:aws:rds:eu-west-1:333333333333:db:elsewhere",
  }),
  onResource("aws_efs_file_system", "leave files in clear", ({ encrypted: _, ...files }) => files),
  onResource("aws_ecr_repository", "let ECR encrypt images", (repository) => ({
    ...repository,
    encryption_configuration: [{ encryption_type: "AES256" }],
  })),
  onResource(
    "aws_eks_cluster",
    "leave secrets of the cluster to its disks",
    ({ encryption_config: _, ...cluster }) => cluster,
  ),
  onResource("aws_cloudwatch_log_group", "name a key that nobody knows", (group) => ({
    ...group,
    kms_key_id: "${var.key}",
  })),
];
