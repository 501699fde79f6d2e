import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf } from "./examples/documents.ts";
import { onStatement, withStatement } from "./examples/mutations.ts";

const denial = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const bucket = (statement: JsonObject): JsonObject => ({
  aws_s3_bucket_policy: { data: { bucket: "data", policy: documentOf(statement) } },
});

export const examples: Examples = {
  good: [
    {
      title: "clear text is denied",
      resources: bucket({ ...denial, Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    },
    { title: "one action is denied", resources: bucket({ ...denial, Action: "s3:DeleteBucket" }) },
  ],
  bad: [
    {
      title: "everything is denied",
      resources: bucket(denial),
      finds: ["aws_s3_bucket_policy.data policy.Statement[0].Effect"],
    },
    {
      title: "everything is denied to everyone but one",
      resources: bucket({
        Effect: "Deny",
        NotPrincipal: { AWS: "arn:aws:iam::111111111111:role/a" },
        NotAction: "s3:GetObject",
        Resource: "*",
      }),
      finds: ["aws_s3_bucket_policy.data policy.Statement[0].Effect"],
    },
  ],
  unknown: [],
};

const BUCKET = ["aws_s3_bucket_policy", "policy"] as const;

export const mutations: readonly Mutation[] = [
  onStatement(BUCKET, "deny more than clear text", (statement) => {
    if (statement.Effect === "Deny" && String(statement.Action).endsWith("*")) delete statement.Condition;
  }),
  withStatement(["aws_kms_key", "policy"], "deny a key to all", { ...denial, Action: "kms:*" }),
];
