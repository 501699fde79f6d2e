import type { Example, Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { backedUp } from "./examples/backups.ts";

const copy = { destination_vault_arn: "${aws_backup_vault.copy.arn}", lifecycle: { delete_after: 36 } };
const rule = { target_vault_name: "near", lifecycle: { delete_after: 36 }, copy_action: copy };
const away = { provider: "${aws.copy}" };
const lock = (backup_vault_name: string, min_retention_days: number | string) => ({
  backup_vault_name,
  min_retention_days,
});

/** A database of a service, a plan that takes it by its tag, and a vault in each region. */
function estate(
  change: JsonObject = {},
  least: number | string = 31,
  tags: JsonObject = { backup: "daily" },
  selection: JsonObject = {},
): Partial<Example> {
  return {
    resources: {
      aws_db_instance: { database: { tags } },
      aws_backup_vault: { near: { name: "near" }, copy: { name: "far", ...away } },
      aws_backup_vault_lock_configuration: { near: lock("near", least), copy: { ...lock("far", 31), ...away } },
      aws_backup_plan: { daily: { rule: [{ ...rule, ...change }] } },
      aws_backup_selection: {
        daily: {
          plan_id: "${aws_backup_plan.daily.id}",
          selection_tag: { key: "backup", type: "STRINGEQUALS", value: "daily" },
          ...selection,
        },
      },
    },
    configuration: { provider: { aws: [{ region: "eu-central-1" }, { alias: "copy", region: "eu-west-1" }] } },
    declaration: backedUp({ by: "snapshot", offsite: true }),
  };
}

export const examples: Examples = {
  good: [
    { title: "kept and locked for the declared days, and copied", ...estate() },
    { title: "kept for ever", ...estate({ lifecycle: {}, copy_action: { ...copy, lifecycle: {} } }) },
  ],
  bad: [
    {
      title: "a plan that takes something else",
      ...estate({}, 31, { backup: "weekly" }),
      finds: ["example/dump selection"],
    },
    {
      title: "a plan that takes it, but for what its selection leaves out",
      ...estate({}, 31, { backup: "daily" }, { not_resources: ["arn:aws:rds:*:*:db:*"] }),
      finds: ["example/dump selection"],
    },
    {
      title: "a plan that takes it under a condition",
      ...estate({}, 31, { backup: "daily" }, { condition: { string_equals: { key: "a", value: "b" } } }),
      finds: ["example/dump selection"],
    },
    {
      title: "kept for a week, locked for a week, and no copy",
      ...estate({ lifecycle: { delete_after: 7 }, copy_action: [] }, 7),
      finds: [
        "aws_backup_plan.daily rule.lifecycle.delete_after",
        "aws_backup_vault_lock_configuration.near min_retention_days",
        "example/dump rule.copy_action",
      ],
    },
    {
      title: "a copy in the same region",
      ...estate({ copy_action: { ...copy, destination_vault_arn: "${aws_backup_vault.near.arn}" } }),
      finds: ["aws_backup_plan.daily target_vault_name"],
    },
  ],
  unknown: [
    {
      title: "a variable says the days",
      ...estate({ lifecycle: { delete_after: "${var.days}" } }),
      finds: ["aws_backup_plan.daily rule.lifecycle.delete_after"],
    },
  ],
};

const inRule = (change: (rule: Loose) => object) => (plan: Loose) => ({ ...plan, rule: plan.rule.map(change) });
const copied = (plan: { readonly attributes: JsonObject }) => JSON.stringify(plan.attributes).includes("copy_action");

export const mutations: readonly Mutation[] = [
  onResource("aws_backup_plan", "drop a plan", () => undefined),
  onResource("aws_backup_selection", "select another tag", (selection) => ({
    ...selection,
    selection_tag: [{ key: "backup", type: "STRINGEQUALS", value: "nothing" }],
  })),
  onResource("aws_backup_selection", "leave databases out", (selection) => ({
    ...selection,
    not_resources: ["arn:aws:rds:*:*:cluster:*", "arn:aws:rds:*:*:db:*"],
  })),
  onResource(
    "aws_backup_plan",
    "keep snapshots for a week",
    inRule((each) => ({ ...each, lifecycle: { delete_after: 7 } })),
  ),
  onResource(
    "aws_backup_plan",
    "make no copy",
    inRule(({ copy_action: _, ...each }) => each),
    copied,
  ),
  onResource("aws_backup_vault_lock_configuration", "lock for a week", (lock) => ({ ...lock, min_retention_days: 7 })),
];
