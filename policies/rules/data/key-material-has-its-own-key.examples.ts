import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onResource } from "../../engine/mutation.ts";
import { backedUp, told } from "./examples/backups.ts";

const buckets = (keyOfKeys: string) => ({
  aws_kms_key: { data: {}, keys: {} },
  aws_s3_bucket: { data: { bucket: "data" }, keys: { bucket: "keys" } },
  aws_s3_bucket_server_side_encryption_configuration: Object.fromEntries(
    Object.entries({ data: "data", keys: keyOfKeys }).map(([bucket, key]) => [
      bucket,
      {
        bucket,
        rule: {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: `\${aws_kms_key.${key}.arn}`,
          },
        },
      },
    ]),
  ),
});
const declaration = backedUp({}, [{ name: "certificates", material: "keys" }]);

export const examples: Examples = {
  good: [
    {
      title: "a bucket and a key of its own",
      resources: buckets("keys"),
      ...told("data", { certificates: "keys" }),
      declaration,
    },
  ],
  bad: [
    {
      title: "keys beside the data that they decrypt",
      resources: buckets("keys"),
      ...told("data", { certificates: "data" }),
      declaration,
      finds: ["aws_s3_bucket.data bucket"],
    },
    {
      title: "another bucket under the same key",
      resources: buckets("data"),
      ...told("data", { certificates: "keys" }),
      declaration,
      finds: ["aws_s3_bucket.keys kms_master_key_id"],
    },
  ],
  // Which key it is shows, or a key of nobody is another rule's finding.
  unknown: [],
};

const type = "aws_s3_bucket_server_side_encryption_configuration";

export const mutations: readonly Mutation[] = [
  onResource(
    type,
    "encrypt key material with the key of data",
    (setting) => ({
      ...setting,
      rule: [
        {
          bucket_key_enabled: true,
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "${aws_kms_key.data-key_key.arn}",
          },
        },
      ],
    }),
    ({ name }) => name.startsWith("ticketing-keys"),
  ),
  inFile(/tasks\.json$/, "write key material beside data", "prd-brk-vault-keys-", "prd-brk-vault-data-"),
];
