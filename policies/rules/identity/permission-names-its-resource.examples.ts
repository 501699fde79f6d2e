import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { allow, documentOf, roleWith } from "./examples/documents.ts";
import { onStatement, ROLE_POLICY, withStatement } from "./examples/mutations.ts";

const OWN = "${data.aws_caller_identity.own.account_id}";
const found = ["aws_iam_role_policy.api policy.Statement[0].Resource"];

const sessions = allow("ssm:StartSession", "arn:aws:ec2:eu-central-1:111111111111:instance/*");

/** Data, keys, deletion and commands, each on everything of a kind. */
const ofAKind: readonly (readonly [title: string, action: string | readonly string[], resource: string])[] = [
  ["any bucket's objects", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::*"],
  ["any secret, in any region", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*"],
  ["any key", "kms:D*", "arn:aws:kms:*:*:key/*"],
  ["the end of any key", "kms:ScheduleKeyDeletion", "arn:aws:kms:eu-central-1:111111111111:key/*"],
  ["the end of any database", "rds:DeleteDB*", "arn:aws:rds:eu-central-1:111111111111:db:*"],
  ["commands on any host", "ssm:SendCommand", "arn:aws:ec2:eu-central-1:111111111111:instance/*"],
  ["any key of an account that Terraform reads", "kms:Decrypt", `arn:aws:kms:*:${OWN}:key/*`],
];

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
    {
      title: "settings of everything of a kind",
      resources: roleWith(
        allow("ec2:StopInstances", "arn:aws:ec2:eu-central-1:111111111111:instance/*"),
        allow("ecr:Desc*", "arn:aws:ecr:eu-central-1:111111111111:repository/*"),
      ),
    },
    {
      title: "objects of one bucket",
      resources: {
        ...roleWith(allow("s3:GetObject", "${aws_s3_bucket.a.arn}/*"), allow("s3:GetObject", "arn:aws:s3:::a/*")),
        aws_s3_bucket: { a: { bucket: "a" } },
      },
    },
    {
      title: "sessions on any host, for people who prove a second factor",
      resources: {
        ...roleWith(sessions),
        aws_iam_role: {
          api: {
            name: "api",
            assume_role_policy: documentOf({
              ...{ Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole" },
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            }),
          },
        },
      },
    },
  ],
  bad: [
    ...ofAKind.map(([title, action, resource]) => ({
      title,
      resources: roleWith(allow(action, resource)),
      finds: found,
    })),
    {
      title: "whatever is of this account",
      resources: roleWith(
        allow(["rds:DeleteDBCluster", "ssm:SendCommand"], "*", {
          Condition: { StringEquals: { "aws:ResourceAccount": "111111111111" } },
        }),
      ),
      finds: found,
    },
    { title: "sessions on any host, for a host", resources: roleWith(sessions), finds: found },
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
        allow("s3:PutObject", "*", { Condition: { StringEqualsIfExists: { "aws:ResourceTag/service": "shop" } } }),
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
    {
      title: "a variable names what is done to all keys",
      resources: roleWith(allow("${var.actions}", "arn:aws:kms:eu-central-1:111111111111:key/*")),
      finds: found,
    },
  ],
};

export const mutations: readonly Mutation[] = [
  withStatement(ROLE_POLICY, "let any secret be read", allow("secretsmanager:GetSecretValue", "*")),
  withStatement(ROLE_POLICY, "let any object be read", allow("s3:GetObject", "arn:aws:*:*:*:*")),
  withStatement(ROLE_POLICY, "let objects of any bucket be deleted", allow("s3:DeleteObject", "arn:aws:s3:::*")),
  withStatement(ROLE_POLICY, "let any key decrypt", allow("kms:Decrypt", "arn:aws:kms:*:*:key/*")),
  withStatement(
    ROLE_POLICY,
    "let any database of the account be deleted",
    allow("rds:DeleteDBCluster", "*", {
      Condition: { StringEquals: { "aws:ResourceAccount": OWN } },
    }),
  ),
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
