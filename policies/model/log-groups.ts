import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Resource } from "./terraform/resource.ts";
import { known, type Value } from "./value.ts";

/** A log group of CloudWatch Logs. */
export interface LogGroup {
  readonly at: Place;
  /** Nothing where only its beginning is known. */
  readonly name: string | undefined;
  /** Days; absent or 0: for ever. */
  readonly retentionDays: Value<number> | undefined;
  /** Whether the estate makes it; else a service does at its first entry, at the place that makes it do so. */
  readonly made: boolean;
}

/** Every log group, and those that services make by themselves because of what the estate asks of them. */
export const logGroups = kind<LogGroup>("log group", ({ terraform }) => {
  const made = terraform.ofType("aws_cloudwatch_log_group").map((resource) => ({
    at: placeOfResource(resource),
    name: known(resource.block.text("name")),
    retentionDays: resource.block.number("retention_in_days"),
    made: true,
  }));
  const names = new Set(made.map(({ name }) => name));
  const implied = terraform
    .ofType(...Object.keys(IMPLIED))
    .flatMap((resource) =>
      (IMPLIED[resource.type]?.(resource) ?? [])
        .filter((name) => !names.has(name))
        .map((name) => ({ at: placeOfResource(resource), name, retentionDays: undefined, made: false })),
    );
  return [...made, ...implied];
});

/** Names of groups that services write to without being told (user guides of RDS, EKS and Lambda, November 2025). */
const IMPLIED: Readonly<Record<string, (resource: Resource) => readonly string[]>> = {
  aws_db_instance: (resource) => exported(resource, "/aws/rds/instance", "identifier"),
  aws_rds_cluster: (resource) => exported(resource, "/aws/rds/cluster", "cluster_identifier"),
  aws_docdb_cluster: (resource) => exported(resource, "/aws/docdb", "cluster_identifier"),
  aws_neptune_cluster: (resource) =>
    exported(resource, "/aws/neptune", "cluster_identifier", "enable_cloudwatch_logs_exports"),
  aws_eks_cluster: ({ block }) => {
    const name = known(block.text("name"));
    return name === undefined || block.texts("enabled_cluster_log_types").length === 0
      ? []
      : [`/aws/eks/${name}/cluster`];
  },
  aws_lambda_function: ({ block }) => {
    const name = known(block.text("function_name"));
    return name === undefined || block.block("logging_config")?.has("log_group") === true
      ? []
      : [`/aws/lambda/${name}`];
  },
};

function exported(
  { block }: Resource,
  start: string,
  id: string,
  list = "enabled_cloudwatch_logs_exports",
): readonly string[] {
  const name = known(block.text(id));
  if (name === undefined) return [];
  return block.texts(list).flatMap((log) => (typeof log === "string" ? [`${start}/${name}/${log}`] : []));
}
