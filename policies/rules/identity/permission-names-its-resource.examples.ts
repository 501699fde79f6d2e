import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { allow, roleWith } from "./examples/documents.ts";
import { onStatement, ROLE_POLICY, withStatement } from "./examples/mutations.ts";

const found = ["aws_iam_role_policy.api policy.Statement[0].Resource"];

export const examples: Examples = {
  good: [
    {
      title: "one secret is read",
      resources: roleWith(
        allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111111111111:secret:a"),
      ),
    },
    {
      title: "the agent of Systems Manager opens its channels",
      resources: roleWith(allow(["ssmmessages:OpenDataChannel", "ec2:DescribeInstances"], "*")),
    },
    {
      title: "keys by their alias",
      resources: roleWith(
        allow("kms:Decrypt", "*", {
          Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/data" } },
        }),
      ),
    },
    {
      title: "the secret of another resource",
      resources: {
        ...roleWith(allow("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.a.arn}")),
        aws_secretsmanager_secret: { a: { name: "a" } },
      },
    },
  ],
  bad: [
    { title: "any secret may be read", resources: roleWith(allow("secretsmanager:GetSecretValue", "*")), finds: found },
    {
      title: "any object may be read, spelled as an ARN",
      resources: roleWith(allow(["s3:Get*"], ["arn:aws:*"])),
      finds: found,
    },
    {
      title: "answers to any query of logs, and what any host was started with",
      resources: roleWith(allow("logs:GetQueryResults", "*"), allow("ec2:Describe*", "*")),
      finds: [...found, "aws_iam_role_policy.api policy.Statement[1].Resource"],
    },
    {
      title: "any queue but one",
      resources: roleWith({
        Effect: "Allow",
        Action: "sqs:ReceiveMessage",
        NotResource: "arn:aws:sqs:eu-central-1:111111111111:a",
      }),
      finds: found,
    },
    {
      title: "a condition that limits no resource",
      resources: roleWith(allow("s3:PutObject", "*", { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      finds: found,
    },
    {
      title: "a condition that a request without the key meets too",
      resources: roleWith(
        allow("s3:PutObject", "*", { Condition: { StringEqualsIfExists: { "aws:ResourceAccount": "111111111111" } } }),
      ),
      finds: found,
    },
  ],
  unknown: [
    {
      title: "a variable names the resource",
      resources: roleWith(allow("s3:GetObject", '${join("", [var.bucket])}')),
      finds: found,
    },
  ],
};

export const mutations: readonly Mutation[] = [
  withStatement(ROLE_POLICY, "let any secret be read", allow("secretsmanager:GetSecretValue", "*")),
  withStatement(ROLE_POLICY, "let any object be read", allow("s3:GetObject", "arn:aws:*:*:*:*")),
  withStatement(ROLE_POLICY, "let answers to any query be read", allow("logs:GetQueryResults", "*")),
  onStatement(ROLE_POLICY, "widen resources", (statement) => {
    if (String(statement.Action).includes("s3:PutObject")) statement.Resource = ["*"];
  }),
  onStatement(ROLE_POLICY, "turn resources into exceptions", (statement) => {
    if (!String(statement.Action).includes("secretsmanager:GetSecretValue") || statement.Effect !== "Allow") return;
    statement.NotResource = statement.Resource;
    delete statement.Resource;
  }),
];
