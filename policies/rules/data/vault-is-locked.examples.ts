import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const vault = { aws_backup_vault: { data: { name: "data" } } };
const lock = (more: JsonObject = {}) => ({
  aws_backup_vault_lock_configuration: {
    data: {
      backup_vault_name: "data",
      min_retention_days: 30,
      max_retention_days: 60,
      changeable_for_days: 14,
      ...more,
    },
  },
});
const plan = (delete_after: number | string) => ({
  aws_backup_plan: {
    daily: { rule: { target_vault_name: "${aws_backup_vault.data.name}", lifecycle: { delete_after } } },
  },
});
const LOCK = "aws_backup_vault_lock_configuration.data";

export const examples: Examples = {
  good: [
    { title: "a lock that nobody lifts, and a plan within it", resources: { ...vault, ...lock(), ...plan(35) } },
    {
      title: "a lock that can be lifted, outside of production",
      resources: { ...vault, ...lock({ changeable_for_days: null }) },
      declaration: { lock: "GOVERNANCE" },
    },
    {
      title: "vaults of one name in two regions, each with its lock",
      resources: {
        aws_backup_vault: { data: { name: "data" }, copy: { name: "data", provider: "${aws.copy}" } },
        aws_backup_vault_lock_configuration: Object.fromEntries(
          ["data", "copy"].map((name) => [
            name,
            {
              ...lock().aws_backup_vault_lock_configuration.data,
              backup_vault_name: `\${aws_backup_vault.${name}.name}`,
              ...(name === "copy" ? { provider: "${aws.copy}" } : {}),
            },
          ]),
        ),
      },
      configuration: { provider: { aws: [{ region: "eu-central-1" }, { alias: "copy", region: "eu-west-1" }] } },
    },
  ],
  bad: [
    { title: "no lock", resources: vault, finds: ["aws_backup_vault.data min_retention_days"] },
    {
      title: "a lock that can be lifted, and one that holds nothing",
      resources: { ...vault, ...lock({ changeable_for_days: null, min_retention_days: null }) },
      finds: [`${LOCK} min_retention_days`, `${LOCK} changeable_for_days`],
    },
    {
      title: "a plan that keeps less than the lock, and one that keeps for ever",
      resources: {
        ...vault,
        ...lock(),
        aws_backup_plan: {
          ...plan(7).aws_backup_plan,
          monthly: { rule: { target_vault_name: "data" } },
        },
      },
      finds: [
        "aws_backup_plan.daily rule.lifecycle.delete_after",
        "aws_backup_plan.monthly rule.lifecycle.delete_after",
      ],
    },
  ],
  unknown: [
    {
      title: "a variable says the days",
      resources: { ...vault, ...lock({ min_retention_days: "${var.days}" }) },
      finds: [`${LOCK} min_retention_days`],
    },
  ],
};

const type = "aws_backup_vault_lock_configuration";

export const mutations: readonly Mutation[] = [
  onResource(type, "drop the lock", () => undefined),
  onResource(type, "let the lock be lifted", ({ changeable_for_days: _, ...lock }) => lock),
  onResource(type, "let the lock be lifted for a hundred years", (lock) => ({ ...lock, changeable_for_days: 36_500 })),
  onResource(type, "hold nothing", ({ min_retention_days: _, ...lock }) => lock),
  onResource(type, "hold longer than plans keep", (lock) => ({ ...lock, min_retention_days: 60 })),
  onResource("aws_backup_plan", "keep less than the lock", (plan) => ({
    ...plan,
    rule: plan.rule.map((each: Loose) => ({ ...each, lifecycle: { delete_after: 7 } })),
  })),
];
