import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const bucket = (lifecycle?: JsonObject): JsonObject => ({
  aws_s3_bucket: { a: { bucket: "a", ...(lifecycle === undefined ? {} : { lifecycle }) } },
});
const found = ["aws_s3_bucket.a lifecycle.prevent_destroy"];

export const examples: Examples = {
  good: [
    { title: "Terraform refuses", resources: bucket({ prevent_destroy: true }) },
    { title: "AWS refuses", resources: { aws_db_instance: { a: { deletion_protection: true } } } },
  ],
  bad: [
    { title: "nothing is said", resources: bucket(), finds: found },
    { title: "it may be destroyed", resources: bucket({ prevent_destroy: false }), finds: found },
    {
      title: "a table, a disk and a key",
      resources: { aws_dynamodb_table: { a: {} }, aws_ebs_volume: { a: {} }, aws_kms_key: { a: {} } },
      finds: [
        "aws_dynamodb_table.a lifecycle.prevent_destroy",
        "aws_ebs_volume.a lifecycle.prevent_destroy",
        "aws_kms_key.a lifecycle.prevent_destroy",
      ],
    },
  ],
  unknown: [
    {
      title: "a reference decides, which Terraform refuses",
      resources: bucket({ prevent_destroy: "${var.keep}" }),
      finds: found,
    },
  ],
};

export const mutations: readonly Mutation[] = [
  "aws_s3_bucket",
  "aws_kms_key",
  "aws_ebs_volume",
  "aws_secretsmanager_secret",
].map((type) => onResource(type, `let a ${type} be destroyed`, ({ lifecycle, ...rest }) => rest));
