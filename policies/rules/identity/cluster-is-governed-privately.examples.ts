import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const vpc_config = { endpoint_private_access: true, endpoint_public_access: false };
const access_config = { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false };
const enabled_cluster_log_types = ["api", "audit", "authenticator"];
const cluster = (more: JsonObject = {}): JsonObject => ({
  aws_eks_cluster: { main: { name: "main", vpc_config, access_config, enabled_cluster_log_types, ...more } },
});
const at = (attribute: string) => `aws_eks_cluster.main ${attribute}`;
const ALL = [
  at("vpc_config.endpoint_public_access"),
  at("vpc_config.endpoint_private_access"),
  at("access_config.authentication_mode"),
  at("access_config.bootstrap_cluster_creator_admin_permissions"),
  at("enabled_cluster_log_types"),
];

export const examples: Examples = {
  good: [{ title: "a private cluster with entries", resources: cluster() }],
  bad: [
    {
      title: "a cluster as it comes",
      resources: { aws_eks_cluster: { main: { name: "main", vpc_config: [{ subnet_ids: [] }] } } },
      finds: ALL,
    },
    {
      title: "a public API for some addresses",
      resources: cluster({
        vpc_config: { ...vpc_config, endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24"] },
      }),
      finds: [at("vpc_config.endpoint_public_access")],
    },
    {
      title: "a map beside entries",
      resources: cluster({ access_config: { ...access_config, authentication_mode: "API_AND_CONFIG_MAP" } }),
      finds: [at("access_config.authentication_mode")],
    },
    {
      title: "people whom another issuer names",
      resources: {
        ...cluster({}),
        aws_eks_identity_provider_config: {
          people: { cluster_name: "${aws_eks_cluster.main.name}", oidc: { issuer_url: "https://login.example.com" } },
        },
      },
      declaration: {},
      finds: ["aws_eks_identity_provider_config.people oidc.issuer_url"],
    },
    {
      title: "no audit log",
      resources: cluster({ enabled_cluster_log_types: ["api", "scheduler"] }),
      finds: [at("enabled_cluster_log_types")],
    },
  ],
  unknown: [
    {
      title: "variables decide",
      resources: cluster({
        vpc_config: { ...vpc_config, endpoint_public_access: "${var.public}" },
        enabled_cluster_log_types: "${var.logs}",
      }),
      finds: [at("vpc_config.endpoint_public_access"), at("enabled_cluster_log_types")],
    },
  ],
};

const change = (title: string, block: string, more: JsonObject): Mutation =>
  onResource("aws_eks_cluster", title, (each) => ({ ...each, [block]: { ...each[block], ...more } }));

export const mutations: readonly Mutation[] = [
  addResource(
    "believe another issuer",
    "aws_eks_identity_provider_config",
    { cluster_name: "${aws_eks_cluster.cluster_cluster.name}", oidc: { issuer_url: "https://login.example.com" } },
    "cluster",
  ),
  change("open the API", "vpc_config", { endpoint_public_access: true }),
  change("close the API to the network", "vpc_config", { endpoint_private_access: false }),
  change("bring the map back", "access_config", { authentication_mode: "API_AND_CONFIG_MAP" }),
  change("make the maker administrator", "access_config", { bootstrap_cluster_creator_admin_permissions: true }),
  onResource("aws_eks_cluster", "end the audit log", (each) => ({ ...each, enabled_cluster_log_types: ["api"] })),
  onResource("aws_eks_cluster", "say nothing of access", ({ access_config, ...rest }) => rest),
];
