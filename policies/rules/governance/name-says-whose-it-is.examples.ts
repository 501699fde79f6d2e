import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { DeclaredService } from "../../model/declaration.ts";

const nothing = { components: [], stores: [], entrypoints: [], flows: [], egress: [], secrets: [], backups: [] };
const service = (name: string, code: string): DeclaredService => ({ name, code, ...nothing });
const declaration = { name: "production", services: [service("example", "exa"), service("other", "oth")] };

export const examples: Examples = {
  good: [
    {
      title: "names of the service, of the platform, paths, and what AWS wants before them",
      resources: {
        aws_iam_role: { a: { name: "prd-exa-api" }, b: { name: "prd-plt-backup" } },
        aws_secretsmanager_secret: { a: { name: "production/example/db" } },
        aws_kms_alias: { a: { name: "alias/prd-exa-data" } },
        aws_s3_bucket: { a: { bucket: "aws-waf-logs-prd-plt-web" } },
      },
      declaration,
    },
  ],
  bad: [
    {
      title: "a role without a code",
      resources: { aws_iam_role: { a: { name: "admin" } } },
      declaration,
      finds: ["aws_iam_role.a name"],
    },
    {
      title: "the name of another environment",
      resources: { aws_lb: { a: { name: "dev-exa-web" } } },
      declaration,
      finds: ["aws_lb.a name"],
    },
    {
      title: "the name of another service",
      resources: { aws_s3_bucket: { a: { bucket: "prd-oth-data" } } },
      declaration,
      finds: ["aws_s3_bucket.a bucket"],
    },
  ],
  unknown: [
    {
      title: "a variable says the name",
      resources: { aws_iam_role: { a: { name: "${var.name}" } } },
      declaration,
      finds: ["aws_iam_role.a name"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_iam_role", "call a role admin", (each) => ({ ...each, name: "admin" })),
  onResource("aws_s3_bucket", "name a bucket of another environment", (each) => ({
    ...each,
    bucket: each.bucket.replace(/^[a-z]+-/, (code: string) => (code === "stg-" ? "prd-" : "stg-")),
  })),
  onResource("aws_rds_cluster", "name a database of another service", (each) => ({
    ...each,
    cluster_identifier: "prd-brk-database",
  })),
];
