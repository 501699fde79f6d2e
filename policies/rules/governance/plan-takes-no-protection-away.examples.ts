import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import type { JsonObject } from "../../model/json.ts";

/** A plan of changes, each to a resource of a type: what is there before, and after. */
const plan = (
  ...changes: readonly (readonly [
    address: string,
    actions: readonly string[],
    before: JsonObject | null,
    after?: JsonObject,
  ])[]
) => ({
  stacks: {
    plan: {
      format_version: "1.2",
      planned_values: { root_module: {} },
      resource_changes: changes.map(([address, actions, before, after]) => {
        const [type = "", name = ""] = address.split(".");
        return {
          address,
          mode: "managed",
          type,
          name,
          change: { actions: [...actions], before, after: after ?? null },
        };
      }),
    } satisfies JsonObject,
  },
});

const DENY = '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}';
const ALLOW =
  '{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}]}';
const policy = { bucket: "data", policy: DENY };
const alarm = { namespace: "AWS/EC2", metric_name: "StatusCheckFailed", dimensions: { InstanceId: "i-0a" } };

export const examples: Examples = {
  good: [
    {
      title: "a bucket policy goes with its bucket",
      ...plan(["aws_s3_bucket_policy.a", ["delete"], policy], ["aws_s3_bucket.a", ["delete"], { id: "data" }]),
    },
    {
      title: "an alarm goes with its host, and another one takes the place of one",
      ...plan(
        ["aws_cloudwatch_metric_alarm.a", ["delete"], alarm],
        ["aws_instance.a", ["delete"], { id: "i-0a" }],
        ["aws_flow_log.a", ["delete"], { vpc_id: "vpc-1" }],
        ["aws_flow_log.b", ["create"], null, { vpc_id: "vpc-1" }],
      ),
    },
    {
      title: "what only allows, or lets in, goes",
      ...plan(
        ["aws_sns_topic_policy.a", ["delete"], { arn: "arn:aws:sns:::a", policy: ALLOW }],
        ["aws_vpc_security_group_ingress_rule.a", ["delete"], { cidr_ipv4: "10.0.0.0/8" }],
        ["aws_network_acl_rule.a", ["delete"], { network_acl_id: "acl-1", rule_number: 100, rule_action: "allow" }],
      ),
    },
    {
      title: "a policy is replaced, the old one first, and one that is replaced with its bucket",
      ...plan(
        ["aws_s3_bucket_policy.a", ["delete", "create"], policy, policy],
        ["aws_s3_bucket_policy.b", ["create", "delete"], policy, { policy: DENY }],
        ["aws_s3_bucket_versioning.a", ["update"], { bucket: "data" }, { bucket: "data" }],
      ),
    },
    {
      title: "a plan forgets a bucket with its policy, and a vault's lock that another state imports",
      stacks: {
        ...plan(
          ["aws_s3_bucket_policy.a", ["forget"], policy],
          ["aws_s3_bucket.a", ["forget"], { id: "data" }],
          ["aws_backup_vault_lock_configuration.a", ["forget"], { id: "vault", backup_vault_name: "vault" }],
        ).stacks,
        other: { import: [{ to: "aws_backup_vault_lock_configuration.b", id: "vault" }] },
      },
    },
    {
      title: "a state forgets what another one imports",
      configuration: { removed: [{ from: "aws_flow_log.a", lifecycle: { destroy: false } }] },
      stacks: { other: { resource: { aws_flow_log: { a: {} } }, import: [{ to: "aws_flow_log.a", id: "fl-1" }] } },
    },
  ],
  bad: [
    ...(
      [
        ["aws_s3_bucket_policy", policy],
        ["aws_s3_bucket_public_access_block", { bucket: "data" }],
        ["aws_s3_bucket_versioning", { bucket: "data" }],
        ["aws_s3_bucket_object_lock_configuration", { bucket: "data" }],
        ["aws_s3_bucket_replication_configuration", { bucket: "data" }],
        ["aws_flow_log", { vpc_id: "vpc-1" }],
        ["aws_cloudtrail", { name: "trail" }],
        ["aws_guardduty_detector", {}],
        ["aws_backup_vault_lock_configuration", { backup_vault_name: "vault" }],
        ["aws_backup_plan", { name: "plan" }],
        ["aws_backup_selection", { plan_id: "1" }],
        ["aws_cloudwatch_metric_alarm", alarm],
        ["aws_config_configuration_recorder", { name: "default" }],
        ["aws_wafv2_web_acl_association", { resource_arn: "arn:aws:lb" }],
        ["aws_network_acl_rule", { network_acl_id: "acl-1", rule_number: 1, rule_action: "deny" }],
        ["aws_iam_role_policy", { role: "host", name: "keeps", policy: DENY }],
      ] satisfies readonly (readonly [string, JsonObject])[]
    ).map(([type, before]) => ({
      title: `${type} goes, and what it protects stays`,
      ...plan([`${type}.a`, ["delete"], before]),
      finds: [`${type}.a change.actions`],
    })),
    {
      title: "a policy is replaced, the new one first",
      ...plan(["aws_s3_bucket_policy.a", ["create", "delete"], policy, policy]),
      finds: ["aws_s3_bucket_policy.a change.actions"],
    },
    {
      title: "one of which there can be one gets another address: the deletion may come last",
      ...plan(
        ["aws_s3_bucket_versioning.a", ["delete"], { bucket: "data" }],
        ["aws_s3_bucket_versioning.b", ["create"], null, { bucket: "data" }],
      ),
      finds: ["aws_s3_bucket_versioning.a change.actions"],
    },
    {
      title: "a detector is forgotten, and a trail ends whatever the actions say",
      ...plan(["aws_guardduty_detector.a", ["forget"], {}], ["aws_cloudtrail.a", ["no-op"], { name: "trail" }]),
      finds: ["aws_guardduty_detector.a change.actions", "aws_cloudtrail.a change.actions"],
    },
    {
      title: "a configuration makes something else of a lock",
      configuration: { moved: [{ from: "aws_backup_vault_lock_configuration.a", to: "terraform_data.a" }] },
      finds: ["aws_backup_vault_lock_configuration.a moved"],
    },
    {
      title: "a trail goes, and with it what is only called as it is",
      ...plan(["aws_cloudtrail.a", ["delete"], { name: "trail" }], ["aws_iam_role.a", ["delete"], { name: "trail" }]),
      finds: ["aws_cloudtrail.a change.actions"],
    },
    {
      title: "a configuration removes a flow log",
      configuration: { removed: [{ from: "aws_flow_log.a" }] },
      finds: ["aws_flow_log.a removed"],
    },
  ],
  unknown: [
    {
      title: "a policy goes of which nobody knows what it denies",
      ...plan(["aws_sqs_queue_policy.a", ["delete"], { queue_url: "https://a" }]),
      finds: ["aws_sqs_queue_policy.a change.actions"],
    },
    {
      title: "a configuration removes a policy",
      configuration: { removed: [{ from: "aws_s3_bucket_policy.a" }] },
      finds: ["aws_s3_bucket_policy.a removed"],
    },
  ],
};

/** Takes the first of a type away, as a plan would. */
const loss = (title: string, type: string): Mutation =>
  onState("changes", title, (copy, { resources }) => {
    const found = resources.find((each) => each.type === type);
    const { address, attributes: before } = found ?? {};
    return found === undefined ? copy : [{ address, type, actions: ["delete"], because: [], before }];
  });

export const mutations: readonly Mutation[] = [
  "aws_backup_selection",
  "aws_backup_vault_lock_configuration",
  "aws_cloudtrail",
  "aws_cloudwatch_metric_alarm",
  "aws_flow_log",
  "aws_guardduty_detector",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_versioning",
  "aws_wafv2_web_acl_association",
].map((type) => loss(`delete a ${type}`, type));
