import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const blocks = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const closed: JsonObject = {
  aws_ebs_encryption_by_default: { a: {} },
  aws_ebs_snapshot_block_public_access: { a: { state: "block-all-sharing" } },
  aws_ec2_image_block_public_access: { a: { state: "block-new-sharing" } },
  aws_ec2_instance_metadata_defaults: { a: { http_tokens: "required", http_put_response_hop_limit: 1 } },
  aws_iam_account_password_policy: {
    a: {
      ...{ minimum_password_length: 14, password_reuse_prevention: 24, require_lowercase_characters: true },
      ...{ require_numbers: true, require_symbols: true, require_uppercase_characters: true },
    },
  },
  aws_s3_account_public_access_block: { a: blocks },
};
const without = (type: string): JsonObject =>
  Object.fromEntries(Object.entries(closed).filter(([name]) => name !== type));
const missing = (...names: readonly string[]) => names.map((name) => `account 111111111111 ${name}`);

export const examples: Examples = {
  good: [
    { title: "everything is closed", resources: closed, declaration: {} },
    {
      title: "settings, of somebody who declares nothing",
      resources: {
        aws_ssm_service_setting: {
          tier: { setting_id: "/ssm/parameter-store/default-parameter-tier", setting_value: "Advanced" },
          sharing: { setting_id: "/ssm/documents/console/public-sharing-permission", setting_value: "Disable" },
        },
        aws_ebs_encryption_by_default: { a: { enabled: true } },
      },
    },
  ],
  bad: [
    {
      title: "documents of Systems Manager that may be everybody's",
      resources: {
        aws_ssm_service_setting: {
          sharing: { setting_id: "/ssm/documents/console/public-sharing-permission", setting_value: "Enable" },
        },
      },
      finds: ["aws_ssm_service_setting.sharing setting_value"],
    },
    {
      title: "nobody encrypts new volumes",
      resources: without("aws_ebs_encryption_by_default"),
      declaration: {},
      finds: missing("aws_ebs_encryption_by_default.enabled"),
    },
    {
      title: "the account's block is in another region than declared",
      resources: {
        ...closed,
        aws_ebs_snapshot_block_public_access: { a: { state: "block-all-sharing", region: "eu-north-1" } },
      },
      declaration: {},
      finds: missing("aws_ebs_snapshot_block_public_access.state"),
    },
    {
      title: "half of the block of buckets",
      resources: { aws_s3_account_public_access_block: { a: { block_public_acls: true, ignore_public_acls: true } } },
      finds: [
        "aws_s3_account_public_access_block.a block_public_policy",
        "aws_s3_account_public_access_block.a restrict_public_buckets",
      ],
    },
    {
      title: "the serial console is open",
      resources: { aws_ec2_serial_console_access: { a: {} } },
      finds: ["aws_ec2_serial_console_access.a enabled"],
    },
    {
      title: "short passwords",
      resources: {
        aws_iam_account_password_policy: {
          a: {
            ...(closed["aws_iam_account_password_policy"] as { readonly a: JsonObject }).a,
            minimum_password_length: 8,
          },
        },
      },
      finds: ["aws_iam_account_password_policy.a minimum_password_length"],
    },
    {
      title: "instances with two hops by default",
      resources: {
        aws_ec2_instance_metadata_defaults: { a: { http_tokens: "required", http_put_response_hop_limit: -1 } },
      },
      finds: ["aws_ec2_instance_metadata_defaults.a http_put_response_hop_limit"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { aws_ebs_encryption_by_default: { a: { enabled: "${var.encrypted}" } } },
      finds: ["aws_ebs_encryption_by_default.a enabled"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_ebs_encryption_by_default", "do not encrypt new volumes", () => undefined),
  onResource("aws_s3_account_public_access_block", "let bucket policies be public", (each) => ({
    ...each,
    block_public_policy: false,
  })),
  onResource("aws_ssm_service_setting", "let documents be everybody's", (each) => ({
    ...each,
    setting_value: "Enable",
  })),
  onResource("aws_ec2_serial_console_access", "open the serial console", (each) => ({ ...each, enabled: true })),
  onResource("aws_ec2_image_block_public_access", "let images be shared", (each) => ({ ...each, state: "unblocked" })),
  onResource("aws_ec2_instance_metadata_defaults", "make tokens optional by default", (each) => ({
    ...each,
    http_tokens: "optional",
  })),
  onResource("aws_iam_account_password_policy", "admit short passwords", (each) => ({
    ...each,
    minimum_password_length: 8,
  })),
];
