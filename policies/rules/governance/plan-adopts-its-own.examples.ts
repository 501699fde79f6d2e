import type { Examples } from "../../engine/example.ts";
import { type Mutation, onState } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Document } from "../../model/terraform/document.ts";

const taking = (to: string, id: string, more: JsonObject = {}) => ({
  configuration: { import: [{ to, id }], locals: { name: "data" }, ...more },
});
const TOPIC = "aws_sns_topic.a";
const topicOf = (account: string) => `arn:aws:sns:eu-central-1:${account}:alarms`;
/** Another state that has a bucket. */
const other = (more: JsonObject = {}) => ({
  other: { resource: { aws_s3_bucket: { b: { bucket: "data" } } }, ...more },
});

export const examples: Examples = {
  good: [
    { title: "what nobody holds, named by a local value", ...taking("aws_s3_bucket.a", "${local.name}") },
    { title: "what is of the declared account", ...taking(TOPIC, topicOf("111111111111")), declaration: {} },
    {
      title: "a share of another account that is accepted",
      ...taking("aws_ram_resource_share_accepter.a", "arn:aws:ram:eu-central-1:222222222222:resource-share/a"),
      declaration: {},
    },
    {
      title: "of any account where none is declared, and of another type than what has the name",
      configuration: {
        import: [
          { to: TOPIC, id: topicOf("222222222222") },
          { to: "aws_iam_role.a", id: "data" },
        ],
      },
      stacks: other(),
    },
    {
      title: "what the other state forgets",
      ...taking("aws_s3_bucket.a", "data"),
      stacks: other({ removed: [{ from: "aws_s3_bucket.b", lifecycle: { destroy: false } }] }),
    },
    {
      title: "what a plan takes in",
      stacks: {
        plan: {
          format_version: "1.2",
          planned_values: { root_module: {} },
          resource_changes: [
            {
              ...{ address: "aws_s3_bucket.a", mode: "managed", type: "aws_s3_bucket", name: "a" },
              change: { actions: ["no-op"], before: {}, after: {}, importing: { id: "data" } },
            },
          ],
        },
      },
    },
  ],
  bad: [
    {
      title: "another state has it",
      ...taking("aws_s3_bucket.a", "data"),
      stacks: other(),
      finds: ["aws_s3_bucket.a import.id"],
    },
    {
      title: "another state has it, and would destroy it",
      ...taking("aws_s3_bucket.a", "${local.name}"),
      stacks: other({ removed: [{ from: "aws_s3_bucket.b" }] }),
      finds: ["aws_s3_bucket.a import.id"],
    },
    {
      title: "it is of another account than the declared one",
      ...taking(TOPIC, topicOf("222222222222")),
      declaration: {},
      finds: [`${TOPIC} import.id`],
    },
    {
      title: "it is of another account than its provider's",
      ...taking(TOPIC, topicOf("222222222222"), { provider: { aws: [{ allowed_account_ids: ["333333333333"] }] } }),
      finds: [`${TOPIC} import.id`],
    },
    {
      title: "one is taken in twice",
      configuration: {
        import: [
          { to: "aws_vpc.a", id: "vpc-1" },
          { to: "aws_vpc.b", id: "vpc-1" },
        ],
      },
      finds: ["aws_vpc.a import.id", "aws_vpc.b import.id"],
    },
  ],
  unknown: [
    {
      title: "a variable says what",
      ...taking("aws_s3_bucket.a", "${var.bucket}"),
      finds: ["aws_s3_bucket.a import.id"],
    },
    {
      title: "a list says what",
      configuration: { import: { for_each: "${var.buckets}", to: "aws_s3_bucket.a[each.key]", id: "${each.value}" } },
      finds: ["aws_s3_bucket.a[each.key] import.id"],
    },
  ],
};

const importing = (state: Document, to: string, id: string): Document => ({
  ...state,
  others: { ...state.others, import: [{ to, id }] },
});

export const mutations: readonly Mutation[] = [
  onState("import what is of another account", (state) => importing(state, TOPIC, topicOf("999999999999"))),
  onState("let a variable say what is imported", (state) => importing(state, TOPIC, "${var.topic}")),
  {
    title: "import a bucket of another state",
    apply(estate) {
      const bucket = estate.terraform
        .ofType("aws_s3_bucket")
        .find(({ raw }) => typeof raw.attributes["bucket"] === "string");
      const id = String(bucket?.raw.attributes["bucket"]);
      return onState(
        "import",
        (state) => importing(state, "aws_s3_bucket.added", id),
        ({ stack }) => stack !== bucket?.stack,
      ).apply(estate);
    },
  },
];
