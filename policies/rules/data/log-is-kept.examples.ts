import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const group = (retention_in_days: number | string | null, name = "app") => ({
  aws_cloudwatch_log_group: { app: { name, retention_in_days } },
});
const DAYS = "aws_cloudwatch_log_group.app retention_in_days";
const logs = { keepSeconds: 90 * 86_400, auditSeconds: 31_536_000 };

export const examples: Examples = {
  good: [
    { title: "kept for 90 days", resources: group("90") },
    {
      title: "the group that a database's log goes to",
      resources: {
        ...group(30, "/aws/rds/cluster/data/postgresql"),
        aws_rds_cluster: { data: { cluster_identifier: "data", enabled_cloudwatch_logs_exports: ["postgresql"] } },
      },
    },
  ],
  bad: [
    { title: "kept for ever", resources: group(null), finds: [DAYS] },
    { title: "kept for a week", resources: group(7), finds: [DAYS] },
    {
      title: "kept for 30 days where 90 are declared",
      resources: group(30),
      declaration: {
        services: [
          {
            ...{ name: "example", components: [], stores: [], entrypoints: [], flows: [], egress: [], secrets: [] },
            ...{ backups: [], logs },
          },
        ],
      },
      finds: [DAYS],
    },
    {
      title: "groups that a cluster, a database and a function make by themselves",
      resources: {
        aws_eks_cluster: { main: { name: "main", enabled_cluster_log_types: ["audit"] } },
        aws_db_instance: { data: { identifier: "data", enabled_cloudwatch_logs_exports: ["audit"] } },
        aws_lambda_function: { work: { function_name: "work" } },
      },
      finds: ["aws_db_instance.data", "aws_eks_cluster.main", "aws_lambda_function.work"].map(
        (each) => `${each} aws_cloudwatch_log_group`,
      ),
    },
  ],
  unknown: [{ title: "a variable says the days", resources: group("${var.days}"), finds: [DAYS] }],
};

const type = "aws_cloudwatch_log_group";

export const mutations: readonly Mutation[] = [
  onResource(type, "keep a log for a week", (group) => ({ ...group, retention_in_days: 7 })),
  onResource(type, "keep a log for ever", (group) => ({ ...group, retention_in_days: 0 })),
  onResource(
    type,
    "leave the group to the database",
    () => undefined,
    ({ attributes }) => String(attributes["name"]).startsWith("/aws/rds/"),
  ),
  onResource(
    type,
    "rename the cluster's group",
    (group) => ({ ...group, name: "elsewhere" }),
    ({ attributes }) => String(attributes["name"]).startsWith("/aws/eks/"),
  ),
];
