import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const TYPE = "aws_rds_cluster";

export const examples: Examples = {
  good: [
    {
      title: "a major version of PostgreSQL, one with its minor one, and one that is not out yet",
      resources: {
        [TYPE]: {
          one: { engine: "aurora-postgresql", engine_version: "17" },
          two: { engine: "postgres", engine_version: "14.20" },
          three: { engine: "aurora-mysql", engine_version: "8.0.mysql_aurora.3.10.0" },
        },
        aws_db_instance: { main: { engine: "sqlserver-ee", engine_version: "15.00.4430.1.v1" } },
        aws_docdb_cluster: { main: { engine_version: "9.0.0" } },
      },
    },
    {
      title: "what has its version from a snapshot, a source or a group",
      resources: {
        [TYPE]: {
          main: { engine: "aurora-postgresql", engine_version: "17" },
          restored: { engine: "aurora-postgresql", snapshot_identifier: "before-the-move" },
        },
        aws_db_instance: { replica: { replicate_source_db: "main" } },
        aws_elasticache_cluster: { one: { replication_group_id: "sessions" } },
      },
    },
    {
      title: "caches, search, messages",
      resources: {
        aws_elasticache_replication_group: { main: { engine: "valkey", engine_version: "8.1" } },
        aws_elasticache_serverless_cache: { main: { engine: "redis", major_engine_version: "7" } },
        aws_opensearch_domain: { main: { engine_version: "OpenSearch_2.19" }, newest: {} },
        aws_elasticsearch_domain: { last: { elasticsearch_version: "7.10" } },
        aws_msk_cluster: { main: { kafka_version: "3.9.x.kraft" } },
        aws_mq_broker: { main: { engine_type: "RabbitMQ", engine_version: "4.2" } },
      },
    },
    {
      title: "runtimes of functions, and an image, which brings its own",
      resources: {
        aws_lambda_function: {
          node: { runtime: "nodejs24.x" },
          python: { runtime: "python3.12" },
          java: { runtime: "java8.al2" },
          go: { runtime: "provided.al2023" },
          image: { package_type: "Image", image_uri: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/app" },
        },
      },
    },
    {
      title: "the newest platform of Fargate, nodes of Bottlerocket, a custom engine",
      resources: {
        aws_ecs_service: { main: {}, pinned: { platform_version: "1.4.0" }, newest: { platform_version: "LATEST" } },
        aws_eks_node_group: {
          main: { ami_type: "BOTTLEROCKET_x86_64" },
          linux: { ami_type: "AL2023_ARM_64_STANDARD" },
        },
        aws_db_instance: { own: { engine: "custom-oracle-ee", engine_version: "19.custom" } },
      },
    },
  ],
  bad: [
    {
      title: "databases whose time is over",
      resources: {
        [TYPE]: {
          old: { engine: "aurora-postgresql", engine_version: "13.21" },
          older: { engine: "aurora-mysql", engine_version: "5.7.mysql_aurora.2.12.5" },
          oldest: { engine: "aurora", engine_version: "5.6.mysql_aurora.1.23.4" },
        },
        aws_db_instance: {
          between: { engine: "mariadb", engine_version: "10.8.8" },
          old: { engine: "mysql", engine_version: "8.0.43" },
        },
      },
      finds: [
        "aws_db_instance.between engine_version",
        "aws_db_instance.old engine_version",
        `${TYPE}.old engine_version`,
        `${TYPE}.older engine_version`,
        `${TYPE}.oldest engine_version`,
      ],
    },
    {
      title: "whatever was the default once",
      resources: { [TYPE]: { main: { engine: "aurora-postgresql" } } },
      finds: [`${TYPE}.main engine_version`],
    },
    {
      title: "caches, search, messages whose time is over",
      resources: {
        aws_elasticache_replication_group: { main: { engine_version: "5.0.6" } },
        aws_opensearch_domain: {
          main: { engine_version: "OpenSearch_2.9" },
          legacy: { engine_version: "Elasticsearch_7.4" },
        },
        aws_elasticsearch_domain: { unsaid: {} },
        aws_msk_cluster: { main: { kafka_version: "3.5.1" } },
        aws_mq_broker: { main: { engine_type: "ActiveMQ", engine_version: "5.17.6" } },
      },
      finds: [
        "aws_elasticache_replication_group.main engine_version",
        "aws_opensearch_domain.main engine_version",
        "aws_opensearch_domain.legacy engine_version",
        "aws_elasticsearch_domain.unsaid elasticsearch_version",
        "aws_msk_cluster.main kafka_version",
        "aws_mq_broker.main engine_version",
      ],
    },
    {
      title: "runtimes that AWS has deprecated",
      resources: {
        aws_lambda_function: {
          node: { runtime: "nodejs18.x" },
          python: { runtime: "python3.9" },
          java: { runtime: "java8" },
          go: { runtime: "provided.al2" },
          custom: { runtime: "provided" },
        },
      },
      finds: ["node", "python", "java", "go", "custom"].map((name) => `aws_lambda_function.${name} runtime`),
    },
    {
      title: "an old platform of Fargate, wherever it is named, and nodes of Amazon Linux 2",
      resources: {
        aws_ecs_service: { main: { platform_version: "1.3.0" } },
        aws_cloudwatch_event_target: { nightly: { ecs_target: [{ platform_version: "1.3.0" }] } },
        aws_eks_node_group: { main: { ami_type: "AL2_x86_64" } },
      },
      finds: [
        "aws_ecs_service.main platform_version",
        "aws_cloudwatch_event_target.nightly ecs_target.platform_version",
        "aws_eks_node_group.main ami_type",
      ],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: {
        [TYPE]: { main: { engine: "aurora-postgresql", engine_version: "${var.version}" } },
        aws_lambda_function: { main: { runtime: "${var.runtime}" } },
      },
      finds: [`${TYPE}.main engine_version`, "aws_lambda_function.main runtime"],
    },
    {
      title: "an engine of which nobody knows what is maintained",
      resources: { aws_lambda_function: { main: { runtime: "dotnetcore3.1" } } },
      finds: ["aws_lambda_function.main runtime"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource(TYPE, "stay on an old major version", (cluster) => ({ ...cluster, engine_version: "12" })),
  onResource(TYPE, "name no version", ({ engine_version: _, ...cluster }) => cluster),
];
