import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const VERSIONING = "aws_s3_bucket_versioning";
const versions = (more: object) => ({ [VERSIONING]: { a: { bucket: "a", ...more } } });

export const examples: Examples = {
  good: [
    { title: "two of it", resources: versions({ count: 2 }) },
    { title: "one for each of what is listed", resources: versions({ for_each: { a: "${var.a}" } }) },
    {
      title: "a number from another place",
      resources: versions({ count: "${local.copies}" }),
      configuration: { locals: { copies: 1 } },
    },
    {
      title: "none of another, which is as if it were not written; and what protects nothing, perhaps",
      resources: {
        ...versions({ count: 1 }),
        aws_flow_log: { a: { count: "0" } },
        aws_s3_bucket: { a: { count: "${var.buckets}" } },
      },
    },
  ],
  bad: [{ title: "what is no number", resources: versions({ count: "two" }), finds: [`${VERSIONING}.a count`] }],
  unknown: [
    {
      title: "a variable decides",
      resources: versions({ count: "${var.protect ? 1 : 0}" }),
      finds: [`${VERSIONING}.a count`],
    },
    {
      title: "for each of nobody knows what",
      resources: versions({ for_each: "${var.buckets}" }),
      finds: [`${VERSIONING}.a for_each`],
    },
  ],
};

/** Of the estate's, some of every kind. */
const PROTECTING = [
  "aws_backup_vault_lock_configuration",
  "aws_cloudtrail",
  "aws_default_security_group",
  "aws_flow_log",
  "aws_guardduty_detector",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  VERSIONING,
  "aws_secretsmanager_secret_policy",
  "aws_wafv2_web_acl_association",
];

export const mutations: readonly Mutation[] = PROTECTING.flatMap((type) => [
  onResource(type, `let a variable decide on ${type}`, (each) => ({ ...each, count: "${var.protect ? 1 : 0}" })),
  onResource(type, `let a list decide on ${type}`, (each) => ({ ...each, for_each: "${var.protected}" })),
]);
