import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const plan = (
  type: string,
  actions: readonly string[],
  replace_paths: readonly (readonly string[])[] = [],
): JsonObject => ({
  plan: {
    format_version: "1.2",
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: `${type}.a`,
        mode: "managed",
        type,
        name: "a",
        change: { actions: [...actions], replace_paths: replace_paths.map((path) => [...path]) },
      },
    ],
  },
});
const stacks = (json: JsonObject) => ({ stacks: json as Record<string, JsonObject> });

export const examples: Examples = {
  good: [
    { title: "a database is changed", ...stacks(plan("aws_rds_cluster", ["update"])) },
    { title: "a rule is replaced", ...stacks(plan("aws_vpc_security_group_ingress_rule", ["delete", "create"])) },
  ],
  bad: [
    {
      title: "a database is replaced",
      ...stacks(plan("aws_db_instance", ["delete", "create"], [["availability_zone"]])),
      finds: ["aws_db_instance.a change.actions"],
    },
    {
      title: "a bucket is deleted",
      ...stacks(plan("aws_s3_bucket", ["delete"])),
      finds: ["aws_s3_bucket.a change.actions"],
    },
    {
      title: "a key is replaced, the new one first",
      ...stacks(plan("aws_kms_key", ["create", "delete"])),
      finds: ["aws_kms_key.a change.actions"],
    },
  ],
  unknown: [],
};

const change = (title: string, type: string, actions: readonly string[]): Mutation =>
  onState("changes", title, (copy, { resources }) => {
    const found = resources.filter((each) => each.type === type);
    return found.length === 0
      ? copy
      : found.map(({ address }) => ({ address, type, actions, because: ["availability_zone"] }));
  });

export const mutations: readonly Mutation[] = [
  change("replace a volume", "aws_ebs_volume", ["delete", "create"]),
  change("delete a bucket", "aws_s3_bucket", ["delete"]),
];
