import type { Example, Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { backedUp } from "./examples/backups.ts";

const copy = { destination_vault_arn: "${aws_backup_vault.copy.arn}", lifecycle: { delete_after: 36 } };
const daily = { schedule: "cron(0 3 * * ? *)", start_window: 60 };
const rule = { ...daily, target_vault_name: "near", lifecycle: { delete_after: 36 }, copy_action: copy };
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
  { most = 93_600, database = {} }: { readonly most?: number; readonly database?: JsonObject } = {},
): Partial<Example> {
  return {
    resources: {
      aws_db_instance: { database: { tags, ...database } },
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
    declaration: backedUp({ by: "snapshot", offsite: true, recoveryPointSeconds: most }),
  };
}

/** The same in a region with settings of its own. */
const within = (resource_type_opt_in_preference: JsonObject): Partial<Example> => ({
  ...estate(),
  resources: { ...estate().resources, aws_backup_region_settings: { here: { resource_type_opt_in_preference } } },
});

export const examples: Examples = {
  good: [
    { title: "kept and locked for the declared days, and copied", ...estate() },
    { title: "taken every six hours, which says no zone", ...estate({ schedule: "cron(0 0/6 ? * * *)" }) },
    { title: "taken at AWS's own hour of each day", ...estate({ schedule: null }) },
    {
      title: "taken daily of a database that AWS can bring back to any minute",
      ...estate({}, 31, { backup: "daily" }, {}, { most: 300, database: { backup_retention_period: 7 } }),
    },
    {
      title: "taken daily with the changes since then",
      ...estate({ enable_continuous_backup: true }, 31, { backup: "daily" }, {}, { most: 300 }),
    },
    { title: "in a region in which AWS Backup takes databases", ...within({ RDS: true, S3: false }) },
    { title: "kept for ever", ...estate({ lifecycle: {}, copy_action: { ...copy, lifecycle: {} } }) },
  ],
  bad: [
    {
      title: "a region in which AWS Backup takes no databases",
      ...within({ RDS: false, S3: true }),
      finds: ["example/dump selection"],
    },
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
      title: "taken once a year",
      ...estate({ schedule: "cron(0 5 1 1 ? *)" }),
      finds: ["aws_backup_plan.daily rule.schedule"],
    },
    {
      title: "taken on working days only",
      ...estate({ schedule: "cron(0 3 ? * MON-FRI *)" }),
      finds: ["aws_backup_plan.daily rule.schedule"],
    },
    {
      title: "taken daily until a year is over",
      ...estate({ schedule: "cron(0 3 * * ? 2026)" }),
      finds: ["aws_backup_plan.daily rule.schedule"],
    },
    {
      title: "taken daily, beginning whenever in eight hours, as AWS does where nothing is said",
      ...estate({ start_window: null }),
      finds: ["aws_backup_plan.daily rule.start_window"],
    },
    {
      title: "taken daily of a database of which minutes may be lost, and which keeps no changes",
      ...estate({}, 31, { backup: "daily" }, {}, { most: 300 }),
      finds: ["aws_backup_plan.daily rule.schedule"],
    },
    {
      title: "taken weekly of a database that AWS can bring back to any minute",
      ...estate(
        { schedule: "cron(0 3 ? * SUN *)" },
        31,
        { backup: "daily" },
        {},
        { most: 300, database: { backup_retention_period: 7 } },
      ),
      finds: ["aws_backup_plan.daily rule.schedule"],
    },
    {
      title: "a copy in the same region",
      ...estate({ copy_action: { ...copy, destination_vault_arn: "${aws_backup_vault.near.arn}" } }),
      finds: ["aws_backup_plan.daily target_vault_name"],
    },
  ],
  unknown: [
    {
      title: "a variable says when",
      ...estate({ schedule: "${var.when}" }),
      finds: ["aws_backup_plan.daily rule.schedule"],
    },
    {
      title: "nobody understands when",
      ...estate({ schedule: "cron(0 3 15W * ? *)" }),
      finds: ["aws_backup_plan.daily rule.schedule"],
    },
    {
      title: "a variable says how late it may begin",
      ...estate({ start_window: "${var.late}" }),
      finds: ["aws_backup_plan.daily rule.start_window"],
    },
    {
      title: "a variable says whether the database keeps changes",
      ...estate({}, 31, { backup: "daily" }, {}, { most: 300, database: { backup_retention_period: "${var.days}" } }),
      finds: ["aws_backup_plan.daily rule.enable_continuous_backup"],
    },
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
  onResource("aws_backup_region_settings", "take no type at all", (settings) => ({
    ...settings,
    resource_type_opt_in_preference: Object.fromEntries(
      Object.keys(settings.resource_type_opt_in_preference).map((type) => [type, false]),
    ),
  })),
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
  onResource(
    "aws_backup_plan",
    "take snapshots once a year",
    inRule((each) => ({ ...each, schedule: "cron(0 5 1 1 ? *)" })),
  ),
  onResource(
    "aws_backup_plan",
    "take no snapshot on Sundays",
    inRule((each) => ({ ...each, schedule: "cron(0 3 ? * MON-SAT *)" })),
  ),
  onResource(
    "aws_backup_plan",
    "let snapshots begin whenever",
    inRule(({ start_window: _, ...each }) => each),
    copied,
  ),
  onResource("aws_backup_vault_lock_configuration", "lock for a week", (lock) => ({ ...lock, min_retention_days: 7 })),
];
