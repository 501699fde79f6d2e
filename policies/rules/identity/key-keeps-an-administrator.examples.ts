import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf } from "./examples/documents.ts";
import { onStatement, withStatement } from "./examples/mutations.ts";

const ROOT = { AWS: "arn:aws:iam::111111111111:root" };
const key = (...statements: readonly JsonObject[]): JsonObject => ({
  aws_kms_key: { data: { policy: documentOf(...statements) } },
});
const give = (actions: string | readonly string[], principal: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...{ Effect: "Allow", Principal: principal, Action: [...[actions].flat()], Resource: "*" },
  ...more,
});

export const examples: Examples = {
  good: [
    { title: "the account administers", resources: key(give("kms:*", ROOT)) },
    {
      title: "the account administers, without reading",
      resources: key(give(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"], ROOT)),
    },
    { title: "a role administers", resources: key(give("kms:Put*", { AWS: "arn:aws:iam::111111111111:role/admin" })) },
  ],
  bad: [
    { title: "nobody may change it", resources: key(give("kms:Decrypt", ROOT)), finds: ["aws_kms_key.data policy"] },
    {
      title: "only a service may change it",
      resources: key(give("kms:*", { Service: "s3.amazonaws.com" })),
      finds: ["aws_kms_key.data policy", "aws_kms_key.data policy.Statement[0].Action"],
    },
    {
      title: "its administrator has to come through a service",
      resources: key(
        give("kms:*", ROOT, { Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } } }),
      ),
      finds: ["aws_kms_key.data policy"],
    },
    {
      title: "a role may do everything with it, and a policy of its own resource",
      resources: {
        aws_kms_key_policy: {
          data: {
            key_id: "a",
            policy: documentOf(give("kms:*", ROOT), give("kms:*", { AWS: "arn:aws:iam::111111111111:role/api" })),
          },
        },
      },
      finds: ["aws_kms_key_policy.data policy.Statement[1].Action"],
    },
  ],
  unknown: [],
};

const KEY = ["aws_kms_key", "policy"] as const;

export const mutations: readonly Mutation[] = [
  onStatement(KEY, "lock everybody out", (statement) => {
    if (Array.isArray(statement.Action))
      statement.Action = statement.Action.filter((each: string) => each !== "kms:PutKeyPolicy");
  }),
  onStatement(KEY, "deny nothing, allow nobody", (statement) => {
    if (String(statement.Action).includes("kms:PutKeyPolicy")) statement.Effect = "Deny";
  }),
  withStatement(KEY, "give a role everything", give("kms:*", { AWS: "arn:aws:iam::333333333333:role/prd-tkt-api" })),
];
