import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const declared = (resources: number) => ({ stacks: [{ name: "example", resources }] });
const resources = { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } };

export const examples: Examples = {
  good: [
    { title: "all that were made are there", resources, declaration: declared(1) },
    {
      title: "a plan took its place, which says only what changes",
      stacks: { example: { format_version: "1.2", planned_values: { root_module: {} }, resource_changes: [] } },
      declaration: declared(1),
    },
  ],
  bad: [
    { title: "fewer resources than were made", resources, declaration: declared(2), finds: ["example resources"] },
    {
      title: "as many are written, and of one there is none",
      resources: { aws_vpc: { main: resources.aws_vpc.main, spare: { ...resources.aws_vpc.main, count: 0 } } },
      declaration: declared(2),
      finds: ["example resources"],
    },
    {
      title: "another stack alone",
      resources,
      declaration: { stacks: [{ name: "network", resources: 4 }] },
      finds: ["network resources"],
    },
  ],
  unknown: [],
};

/** What is written and not made protects nobody: of the estate's types that protect, those of most weight. */
const PROTECTING = [
  "aws_backup_vault_lock_configuration",
  "aws_cloudtrail",
  "aws_default_security_group",
  "aws_flow_log",
  "aws_guardduty_detector",
  "aws_s3_bucket_object_lock_configuration",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_secretsmanager_secret_policy",
  "aws_wafv2_web_acl_association",
];

export const mutations: readonly Mutation[] = [
  ...PROTECTING.map((type) => onResource(type, `count none of ${type}`, (each) => ({ ...each, count: 0 }))),
  onResource("aws_flow_log", "make one for each of nothing", (each) => ({ ...each, for_each: [] })),
  onResource("aws_cloudwatch_metric_alarm", "lose an alarm", () => undefined),
  onResource("aws_route53_record", "lose a name", () => undefined),
];
