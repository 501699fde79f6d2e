import type { Declaration } from "../declaration.ts";
import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { isUnknown, type Value } from "../value.ts";

/** A name by which people, policies and bills know something of the account. */
export interface Named {
  readonly at: Place;
  readonly stack: string | undefined;
  readonly attribute: string;
  readonly name: Value<string>;
}

/** By type: where its name stands. Not here: what AWS or a protocol names, such as log groups of services and records. */
const NAMES: Readonly<Record<string, string>> = {
  aws_backup_plan: "name",
  aws_backup_vault: "name",
  aws_cloudtrail: "name",
  aws_db_instance: "identifier",
  aws_dynamodb_table: "name",
  aws_eks_cluster: "name",
  aws_elasticache_replication_group: "replication_group_id",
  aws_iam_instance_profile: "name",
  aws_iam_policy: "name",
  aws_iam_role: "name",
  aws_iam_user: "name",
  aws_kms_alias: "name",
  aws_lambda_function: "function_name",
  aws_lb: "name",
  aws_lb_target_group: "name",
  aws_rds_cluster: "cluster_identifier",
  aws_s3_bucket: "bucket",
  aws_secretsmanager_secret: "name",
  aws_sns_topic: "name",
  aws_sqs_queue: "name",
  aws_ssm_parameter: "name",
  aws_wafv2_web_acl: "name",
};

export const nameds = kind<Named>("name", ({ terraform }) =>
  Object.entries(NAMES).flatMap(([type, attribute]) =>
    terraform.ofType(type).flatMap((resource) => {
      const name = resource.block.text(attribute);
      return name === undefined ? [] : [{ at: placeOfResource(resource), stack: resource.stack, attribute, name }];
    }),
  ),
);

/** Environments in names. */
const SHORT: Readonly<Record<string, string>> = { dev: "dev", staging: "stg", production: "prd" };
/** What no service owns. */
const PLATFORM = "plt";

/** An environment in names: `prd`. */
export const shortOf = (declaration: Declaration | undefined): string =>
  SHORT[declaration?.name ?? ""] ?? (declaration?.name ?? "").slice(0, 3);

/** How names begin in a stack: `prd-tkt-`, `prd-plt-`, `production/ticketing/`. */
export function beginningsOf({ declaration }: Estate, stack: string | undefined): readonly string[] {
  if (declaration === undefined) return [];
  const short = shortOf(declaration);
  const owner = declaration.services.find(({ name }) => name === stack);
  const codes = owner?.code === undefined ? declaration.services.flatMap(({ code }) => code ?? []) : [owner.code];
  const paths =
    owner === undefined
      ? [`${declaration.name}/`]
      : [`${declaration.name}/${owner.name}/`, `${declaration.name}/cluster/`];
  return [...codes, PLATFORM].map((code) => `${short}-${code}-`).concat(paths);
}

/** A name without what AWS wants before it: `alias/`, the slash of a path, `aws-waf-logs-`. */
export const bareName = (name: Value<string>): Value<string> =>
  isUnknown(name) ? name : name.replace(/^(?:alias\/|\/|aws-waf-logs-)/, "");
