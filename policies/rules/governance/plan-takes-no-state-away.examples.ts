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

/** A plan of one change, as it is. */
const changed = (type: string, change: JsonObject, more: JsonObject = {}) => ({
  stacks: {
    plan: {
      format_version: "1.2",
      planned_values: { root_module: {} },
      resource_changes: [{ address: `${type}.a`, mode: "managed", type, name: "a", ...more, change }],
    } satisfies JsonObject,
  },
});
const removed = (...blocks: readonly JsonObject[]) => ({ configuration: { removed: blocks } });
const stacks = (json: JsonObject) => ({ stacks: json as Record<string, JsonObject> });

export const examples: Examples = {
  good: [
    { title: "a database is changed", ...stacks(plan("aws_rds_cluster", ["update"])) },
    {
      title: "a bucket is forgotten, and another state takes it in",
      stacks: {
        ...changed("aws_s3_bucket", { actions: ["forget"], before: { id: "data", bucket: "data" }, after: null })
          .stacks,
        other: {
          resource: { aws_s3_bucket: { b: {} } },
          import: [{ to: "aws_s3_bucket.b", id: "${local.name}" }],
          locals: { name: "data" },
        },
      },
    },
    {
      title: "a configuration forgets a table, and another one imports it",
      ...removed({ from: "aws_dynamodb_table.a", lifecycle: [{ destroy: false }] }),
      stacks: {
        other: { resource: { aws_dynamodb_table: { a: {} } }, import: { to: "${aws_dynamodb_table.a}", id: "a" } },
      },
    },
    {
      title: "what can be made again is forgotten; a bucket gets another address",
      configuration: {
        removed: [{ from: "aws_iam_role.a" }],
        moved: [{ from: "aws_s3_bucket.a", to: 'module.data["x"].aws_s3_bucket.b' }],
      },
    },
    {
      title: "a bucket is where it was, under another address",
      ...changed(
        "aws_s3_bucket",
        { actions: ["no-op"], before: {}, after: {} },
        { previous_address: "module.old.aws_s3_bucket.a" },
      ),
    },
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
      title: "a bucket is forgotten: nobody looks after it any more",
      ...changed("aws_s3_bucket", { actions: ["forget"], before: { id: "data" }, after: null }),
      finds: ["aws_s3_bucket.a change.actions"],
    },
    {
      title: "a database is made anew, and the old one forgotten",
      ...changed("aws_rds_cluster", { actions: ["create", "forget"], before: { id: "a" }, after: {} }),
      finds: ["aws_rds_cluster.a change.actions"],
    },
    {
      title: "a vault is not there afterwards, whatever the actions say",
      ...changed("aws_backup_vault", { actions: ["no-op"], before: { name: "a" }, after: null }),
      finds: ["aws_backup_vault.a change.actions"],
    },
    {
      title: "a table goes since nobody configures it",
      ...changed(
        "aws_dynamodb_table",
        { actions: ["delete"], before: {}, after: null },
        { action_reason: "delete_because_no_resource_config" },
      ),
      finds: ["aws_dynamodb_table.a change.actions"],
    },
    {
      title: "a bucket becomes something of another type",
      ...changed(
        "aws_s3_directory_bucket",
        { actions: ["no-op"], before: {}, after: {} },
        { previous_address: "aws_s3_bucket.a" },
      ),
      finds: ["aws_s3_directory_bucket.a change.actions"],
    },
    ...[
      "aws_s3_directory_bucket",
      "aws_redshiftserverless_namespace",
      "aws_directory_service_directory",
      "aws_backup_logically_air_gapped_vault",
      "aws_opensearchserverless_collection",
      "aws_sqs_queue",
      "aws_ebs_snapshot",
      "aws_elasticache_replication_group",
      "aws_workspaces_workspace",
      "aws_kms_custom_key_store",
    ].map((type) => ({
      title: `${type} is deleted`,
      ...stacks(plan(type, ["delete"])),
      finds: [`${type}.a change.actions`],
    })),
    {
      title: "a configuration removes a bucket, destroys another, and forgets a third that nobody takes in",
      ...removed(
        { from: "aws_s3_bucket.a" },
        { from: "${module.m.aws_s3_bucket.b}", lifecycle: { destroy: true } },
        { from: "aws_s3_bucket.c", lifecycle: { destroy: false } },
      ),
      finds: ["aws_s3_bucket.a removed", "module.m.aws_s3_bucket.b removed", "aws_s3_bucket.c removed"],
    },
    {
      title: "a configuration moves a bucket to another type",
      configuration: { moved: [{ from: "aws_s3_bucket.a", to: "terraform_data.a" }] },
      finds: ["aws_s3_bucket.a moved"],
    },
    {
      title: "a key is replaced, the new one first",
      ...stacks(plan("aws_kms_key", ["create", "delete"])),
      finds: ["aws_kms_key.a change.actions"],
    },
  ],
  unknown: [
    {
      title: "all that a module made is removed",
      ...removed({ from: "module.data" }),
      finds: ["module.data removed"],
    },
  ],
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
  change("forget a bucket", "aws_s3_bucket", ["forget"]),
];
