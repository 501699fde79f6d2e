import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import { regionOf } from "./region.ts";
import type { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import type { Resource } from "./terraform/resource.ts";
import { isUnknown, known, type Value } from "./value.ts";

/** A vault of AWS Backup. */
export interface Vault {
  readonly at: Place;
  readonly resource: Resource;
  readonly lock: VaultLock | undefined;
  /** Days that recovery points which come here are kept, by the plan that says so. */
  readonly kept: readonly Kept[];
}

/** What nobody may fall short of in a vault. */
export interface VaultLock {
  readonly at: Place;
  readonly least: Value<number> | undefined;
  readonly most: Value<number> | undefined;
  /** Days after which nobody can change the lock any more. Absent: whoever may, can lift it. */
  readonly openDays: Value<number> | undefined;
}

/** Recovery points that a plan brings into a vault. */
export interface Kept {
  readonly at: Place;
  /** `rule.lifecycle.delete_after`. */
  readonly attribute: string;
  readonly vault: Resource | undefined;
  /** Days; absent: for ever. */
  readonly days: Value<number> | undefined;
}

/** When a plan takes something. */
export interface Timing {
  readonly at: Place;
  readonly schedule: Value<string>;
  readonly zone: Value<string>;
  /** Minutes in which a job may begin late. */
  readonly startMinutes: Value<number>;
  /** Whether changes since then are kept, too. */
  readonly isContinuous: Value<boolean>;
}

/** A plan of AWS Backup: what it takes, and where it brings it. */
export interface BackupPlan {
  readonly at: Place;
  readonly resource: Resource;
  /** What is taken. */
  readonly selected: readonly Resource[];
  readonly rules: readonly PlanRule[];
}

export interface PlanRule {
  readonly timing: Timing;
  readonly kept: Kept;
  readonly copies: readonly Kept[];
}

/** Every plan. */
export const backupPlans = kind<BackupPlan>("backup plan", ({ terraform }) =>
  terraform.ofType("aws_backup_plan").map((resource) => {
    const at = placeOfResource(resource);
    const kept = (block: Block, vault: Value<string> | undefined, attribute: string): Kept => ({
      at,
      attribute,
      vault: vaultNamed(vault, resource),
      days: block.block("lifecycle")?.number("delete_after"),
    });
    return {
      at,
      resource,
      selected: selectedBy(resource, terraform),
      rules: resource.block.blocks("rule").map((rule) => ({
        timing: timingOf(rule, at),
        kept: kept(rule, rule.text("target_vault_name"), "rule.lifecycle.delete_after"),
        copies: rule
          .blocks("copy_action")
          .map((copy) => kept(copy, copy.text("destination_vault_arn"), "rule.copy_action.lifecycle.delete_after")),
      })),
    };
  }),
);

/** What AWS does where nothing is said (AWS Backup API reference, "BackupRule", read 2026-11-23): daily, within eight hours. */
const timingOf = (rule: Block, at: Place): Timing => ({
  at,
  schedule: rule.text("schedule") ?? "cron(0 5 ? * * *)",
  zone: rule.text("schedule_expression_timezone") ?? "Etc/UTC",
  startMinutes: rule.number("start_window") ?? 480,
  isContinuous: rule.flag("enable_continuous_backup") ?? false,
});

/** Every vault, with its lock and what plans bring into it. */
export const vaults = kind<Vault>("backup vault", (estate) => {
  const { terraform } = estate;
  const locks = new Map(
    terraform
      .ofType("aws_backup_vault_lock_configuration")
      .map((lock) => [vaultNamed(lock.block.text("backup_vault_name"), lock), lock]),
  );
  const kept = estate.of(backupPlans).flatMap(({ rules }) => rules.flatMap((rule) => [rule.kept, ...rule.copies]));
  return terraform.ofType("aws_backup_vault").map((resource) => {
    const lock = locks.get(resource);
    return {
      at: placeOfResource(resource),
      resource,
      lock:
        lock === undefined
          ? undefined
          : {
              at: placeOfResource(lock),
              least: lock.block.number("min_retention_days"),
              most: lock.block.number("max_retention_days"),
              openDays: lock.block.number("changeable_for_days"),
            },
      kept: kept.filter(({ vault }) => vault === resource),
    };
  });
});

/** The vault that a resource names. Vaults of two regions often have one name: it is the one of the resource's own. */
function vaultNamed(value: Value<string> | undefined, user: Resource): Resource | undefined {
  const { graph } = user.block.scope;
  if (typeof value !== "string" || value.startsWith("arn:")) return graph.find(value, "aws_backup_vault");
  const named = graph.ofType("aws_backup_vault").filter((each) => known(each.block.text("name")) === value);
  return named.find((each) => regionOf(each) === regionOf(user)) ?? named[0];
}

/** Resources that selections of a plan name, by reference, ARN or tag. One that leaves things out proves none. */
function selectedBy(plan: Resource, terraform: Graph): readonly Resource[] {
  const selections = terraform
    .ofType("aws_backup_selection")
    .filter(({ block }) => terraform.find(block.text("plan_id"), "aws_backup_plan") === plan)
    .filter(({ block }) => block.texts("not_resources").length === 0 && block.blocks("condition").length === 0);
  return selections.flatMap(({ block }) => [
    ...block.texts("resources").flatMap((each) => terraform.find(each) ?? []),
    ...block.blocks("selection_tag").flatMap((tag) => tagged(tag, terraform)),
  ]);
}

function tagged(tag: Block, terraform: Graph): readonly Resource[] {
  const [key, value] = [known(tag.text("key")), known(tag.text("value"))];
  if (key === undefined || value === undefined) return [];
  return terraform.resources.filter((resource) => {
    const { raw, block } = resource;
    if (raw.attributes["tags"] === undefined) return false;
    const tags = block.map("tags");
    return !isUnknown(tags) && tags.get(key) === value && !isOptedOut(resource, terraform);
  });
}

/** What AWS Backup calls types, and takes by their tags only where the region has them in. */
const OPTED: Readonly<Record<string, string>> = {
  aws_db_instance: "RDS",
  aws_dynamodb_table: "DynamoDB",
  aws_ebs_volume: "EBS",
  aws_efs_file_system: "EFS",
  aws_instance: "EC2",
  aws_rds_cluster: "RDS",
  aws_s3_bucket: "S3",
};

/** Whether the settings of its region leave its type out (AWS Backup developer guide, "Service opt-in", read 2026-11-23). */
function isOptedOut(resource: Resource, terraform: Graph): boolean {
  const type = OPTED[resource.type];
  const settings = terraform
    .ofType("aws_backup_region_settings")
    .filter((each) => regionOf(each) === regionOf(resource))
    .map(({ block }) => block.map("resource_type_opt_in_preference"));
  return type !== undefined && settings.some((each) => !isUnknown(each) && each.get(type) === "false");
}
