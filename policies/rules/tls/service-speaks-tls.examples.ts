import type { Examples } from "../../engine/example.ts";
import { addResource, type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const cache = (more: object): Loose => ({ aws_elasticache_replication_group: { sessions: more } });
const volume = (more: object): Loose => ({
  aws_ecs_task_definition: {
    api: {
      volume: [{ name: "scratch" }, { name: "files", efs_volume_configuration: { file_system_id: "fs-1", ...more } }],
    },
  },
});

const serverless = (more: object): Loose => ({
  aws_elasticache_serverless_cache: { own: { engine: "valkey", ...more } },
});
const connected = (more: object, enabled = true): Loose => ({
  aws_ecs_service: {
    api: {
      service_connect_configuration: [
        { enabled, namespace: "internal", service: [{ port_name: "api", client_alias: [{ port: 443 }], ...more }] },
      ],
    },
  },
});

export const examples: Examples = {
  good: [
    {
      title: "a serverless cache with users, and one of memcached, which knows none",
      resources: {
        aws_elasticache_serverless_cache: {
          own: { engine: "valkey", user_group_id: "${aws_elasticache_user_group.own.user_group_id}" },
          pages: { engine: "memcached" },
        },
      },
    },
    {
      title: "services of ECS that call each other by TLS, that only call others, or take no part",
      resources: {
        aws_ecs_service: {
          ...connected({
            tls: [
              { issuer_cert_authority: [{ aws_pca_authority_arn: "${aws_acmpca_certificate_authority.own.arn}" }] },
            ],
          }).aws_ecs_service,
          client: { service_connect_configuration: [{ enabled: true, namespace: "internal" }] },
          alone: connected({}, false).aws_ecs_service.api,
        },
      },
    },
    {
      title: "a cache with TLS and users",
      resources: cache({ transit_encryption_enabled: true, user_group_ids: ["${aws_elasticache_user_group.own.id}"] }),
    },
    {
      title: "a member of a replication group, which is judged itself",
      resources: {
        ...cache({ transit_encryption_enabled: "true", auth_token: "${var.token}" }),
        aws_elasticache_cluster: { one: { replication_group_id: "${aws_elasticache_replication_group.sessions.id}" } },
      },
    },
    {
      title: "a stream and a cache that speak TLS by default",
      resources: {
        aws_msk_cluster: { log: { client_authentication: [{ sasl: [{ iam: true }] }] } },
        aws_memorydb_cluster: { own: { acl_name: "own" } },
      },
    },
    {
      title: "brokers that ask for certificates, users and graphs by IAM, mail that comes in by TLS",
      resources: {
        aws_msk_cluster: {
          log: {
            client_authentication: {
              unauthenticated: false,
              tls: { certificate_authority_arns: ["${aws_acmpca_certificate_authority.own.arn}"] },
            },
          },
        },
        aws_elasticache_user: { app: { authentication_mode: { type: "iam" } } },
        aws_neptune_cluster: { graph: { iam_database_authentication_enabled: true } },
        aws_ses_receipt_rule: { in: { tls_policy: "Require" } },
        aws_opensearch_domain: {
          logs: { node_to_node_encryption: { enabled: true }, advanced_security_options: { enabled: true } },
        },
      },
    },
    { title: "files of a task by TLS", resources: volume({ transit_encryption: "ENABLED" }) },
    {
      title: "a target of a migration that has no TLS of its own",
      resources: { aws_dms_endpoint: { out: { engine_name: "s3" } }, aws_db_proxy: { db: { require_tls: true } } },
    },
    {
      title: "sessions on hosts with a key, and a cluster of EMR that encrypts what it moves",
      resources: {
        aws_ssm_document: {
          sessions: {
            document_type: "Session",
            content: JSON.stringify({ inputs: { kmsKeyId: "${aws_kms_key.sessions.arn}" } }),
          },
          run: { document_type: "Command", content: "{}" },
        },
        aws_emr_security_configuration: {
          own: { configuration: JSON.stringify({ EncryptionConfiguration: { EnableInTransitEncryption: true } }) },
        },
      },
    },
  ],
  bad: [
    {
      title: "sessions on hosts without a key, and a cluster of EMR that moves clear text",
      resources: {
        aws_ssm_document: {
          sessions: { document_type: "Session", content: JSON.stringify({ inputs: { kmsKeyId: "" } }) },
        },
        aws_emr_security_configuration: {
          own: { configuration: JSON.stringify({ EncryptionConfiguration: { EnableInTransitEncryption: false } }) },
        },
      },
      finds: [
        "aws_ssm_document.sessions content.inputs.kmsKeyId",
        "aws_emr_security_configuration.own configuration.EncryptionConfiguration.EnableInTransitEncryption",
      ],
    },
    {
      title: "brokers, users, graphs and search that let in whoever comes, and mail that comes in in clear text",
      resources: {
        aws_msk_cluster: {
          silent: {},
          off: { client_authentication: { sasl: { iam: false, scram: false } } },
          both: { client_authentication: { unauthenticated: true, sasl: { iam: true } } },
        },
        aws_elasticache_user: { app: { authentication_mode: { type: "no-password-required" } } },
        aws_neptune_cluster: { graph: {} },
        aws_ses_receipt_rule: { in: {} },
        aws_opensearch_domain: {
          logs: {
            node_to_node_encryption: { enabled: true },
            advanced_security_options: { enabled: true, anonymous_auth_enabled: true },
          },
        },
        aws_verifiedaccess_endpoint: { app: { network_interface_options: { protocol: "http" } } },
      },
      finds: [
        "aws_elasticache_user.app authentication_mode.type",
        "aws_neptune_cluster.graph iam_database_authentication_enabled",
        "aws_opensearch_domain.logs advanced_security_options.anonymous_auth_enabled",
        "aws_ses_receipt_rule.in tls_policy",
        "aws_verifiedaccess_endpoint.app network_interface_options.protocol",
        "aws_msk_cluster.silent client_authentication",
        "aws_msk_cluster.off client_authentication",
        "aws_msk_cluster.both client_authentication",
      ],
    },
    {
      title: "a cache as it is by default",
      resources: cache({}),
      finds: [
        "aws_elasticache_replication_group.sessions transit_encryption_enabled",
        "aws_elasticache_replication_group.sessions auth_token",
      ],
    },
    {
      title: "a cache that takes clear text beside TLS",
      resources: cache({
        transit_encryption_enabled: true,
        transit_encryption_mode: "preferred",
        auth_token: "${var.token}",
      }),
      finds: ["aws_elasticache_replication_group.sessions transit_encryption_mode"],
    },
    {
      title: "a serverless cache that asks nobody who he is",
      resources: serverless({}),
      finds: ["aws_elasticache_serverless_cache.own user_group_id"],
    },
    {
      title: "services of ECS that call each other in clear text",
      resources: connected({}),
      finds: ["aws_ecs_service.api service_connect_configuration.service.tls"],
    },
    {
      title: "files of a task in clear text",
      resources: volume({}),
      finds: ["aws_ecs_task_definition.api volume.efs_volume_configuration.transit_encryption"],
    },
    {
      title: "streams, caches, search, mail, transfers and proxies in clear text",
      resources: {
        aws_elasticache_cluster: { pages: { engine: "memcached" } },
        aws_memorydb_cluster: { own: { tls_enabled: false, acl_name: "open-access" } },
        aws_dax_cluster: { own: {} },
        aws_msk_cluster: {
          log: {
            client_authentication: { sasl: { scram: true } },
            encryption_info: [{ encryption_in_transit: [{ client_broker: "TLS_PLAINTEXT" }] }],
          },
        },
        aws_opensearch_domain: { logs: { node_to_node_encryption: { enabled: false } } },
        aws_dms_endpoint: { in: { engine_name: "postgres" } },
        aws_db_proxy: { db: {} },
        aws_transfer_server: {
          files: { protocols: ["SFTP", "FTP"], security_policy_name: "TransferSecurityPolicy-2025-03" },
          unsaid: {},
          old: { security_policy_name: "TransferSecurityPolicy-2020-06" },
        },
        aws_sesv2_configuration_set: { mail: {} },
        aws_rds_cluster: { db: { ca_certificate_identifier: "rds-ca-2019" } },
      },
      finds: [
        "aws_elasticache_cluster.pages transit_encryption_enabled",
        "aws_memorydb_cluster.own tls_enabled",
        "aws_memorydb_cluster.own acl_name",
        "aws_dax_cluster.own cluster_endpoint_encryption_type",
        "aws_msk_cluster.log encryption_info.encryption_in_transit.client_broker",
        "aws_opensearch_domain.logs node_to_node_encryption.enabled",
        "aws_dms_endpoint.in ssl_mode",
        "aws_db_proxy.db require_tls",
        "aws_opensearch_domain.logs advanced_security_options.enabled",
        "aws_transfer_server.files protocols",
        "aws_transfer_server.unsaid security_policy_name",
        "aws_transfer_server.old security_policy_name",
        "aws_sesv2_configuration_set.mail delivery_options.tls_policy",
        "aws_rds_cluster.db ca_certificate_identifier",
      ],
    },
  ],
  unknown: [
    {
      title: "services of ECS by a dynamic block",
      resources: {
        aws_ecs_service: { api: { service_connect_configuration: [{ enabled: true, service: "${var.services}" }] } },
      },
      finds: ["aws_ecs_service.api service_connect_configuration.service.tls"],
    },
    {
      title: "a service of ECS whose part in calls nobody shows",
      resources: connected({}, "${var.connected}" as Loose),
      finds: ["aws_ecs_service.api service_connect_configuration.service.tls"],
    },
    {
      title: "an engine of a serverless cache that a variable names",
      resources: serverless({ engine: "${var.engine}" }),
      finds: ["aws_elasticache_serverless_cache.own user_group_id"],
    },
    {
      title: "brokers of which a variable says whether they ask",
      resources: {
        aws_msk_cluster: { log: { client_authentication: { unauthenticated: "${var.open}", sasl: { iam: true } } } },
      },
      finds: ["aws_msk_cluster.log client_authentication"],
    },
    {
      title: "a variable that decides",
      resources: cache({ transit_encryption_enabled: "${var.encrypted}", auth_token: "${var.token}" }),
      finds: ["aws_elasticache_replication_group.sessions transit_encryption_enabled"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("add brokers that ask nobody", "aws_msk_cluster", { client_authentication: { unauthenticated: true } }),
  addResource("add a serverless cache that asks nobody", "aws_elasticache_serverless_cache", { engine: "valkey" }),
  addResource("add services that call each other in clear text", "aws_ecs_service", connected({}).aws_ecs_service.api),
  onResource("aws_sesv2_configuration_set", "let mail travel in clear text", (each) => ({
    ...each,
    delivery_options: { ...each.delivery_options, tls_policy: "OPTIONAL" },
  })),
  onResource("aws_sesv2_configuration_set", "say nothing of mail's transport", (each) => ({
    ...each,
    delivery_options: null,
  })),
  onResource("aws_ssm_document", "take the key from sessions", (each) => ({
    ...each,
    content: each.content.replace(/"kmsKeyId":"[^"]*"/, '"kmsKeyId":""'),
  })),
  onResource("aws_rds_cluster", "take an authority that has expired", (each) => ({
    ...each,
    ca_certificate_identifier: "rds-ca-2019",
  })),
];
