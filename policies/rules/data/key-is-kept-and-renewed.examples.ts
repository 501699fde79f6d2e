import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

export const examples: Examples = {
  good: [
    { title: "a key that is renewed each year", resources: { aws_kms_key: { data: { enable_key_rotation: true } } } },
    {
      title: "keys that KMS cannot renew: for signatures, of imported material, a replica",
      resources: {
        aws_kms_key: { signing: { key_usage: "SIGN_VERIFY", customer_master_key_spec: "ECC_NIST_P256" } },
        aws_kms_external_key: { imported: { enabled: true } },
        aws_kms_replica_key: { copy: { primary_key_arn: "arn:aws:kms:eu-central-1:111111111111:key/mrk-1" } },
      },
    },
  ],
  bad: [
    {
      title: "a key that is never renewed, off, and gone in a week",
      resources: { aws_kms_key: { data: { is_enabled: false, deletion_window_in_days: 7 } } },
      finds: [
        "aws_kms_key.data is_enabled",
        "aws_kms_key.data enable_key_rotation",
        "aws_kms_key.data deletion_window_in_days",
      ],
    },
    {
      title: "a key that is renewed every five years, and whose policy may lock everybody out",
      resources: {
        aws_kms_key: {
          data: {
            enable_key_rotation: "true",
            rotation_period_in_days: 1825,
            bypass_policy_lockout_safety_check: true,
          },
        },
      },
      finds: ["aws_kms_key.data rotation_period_in_days", "aws_kms_key.data bypass_policy_lockout_safety_check"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { aws_kms_key: { data: { enable_key_rotation: "${var.rotate}" } } },
      finds: ["aws_kms_key.data enable_key_rotation"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_kms_key", "never renew a key", ({ enable_key_rotation: _, ...key }) => key),
  onResource("aws_kms_key", "renew a key every seven years", (key) => ({ ...key, rotation_period_in_days: 2560 })),
  onResource("aws_kms_key", "let a key go in a week", (key) => ({ ...key, deletion_window_in_days: 7 })),
  onResource("aws_kms_key", "disable a key", (key) => ({ ...key, is_enabled: false })),
];
