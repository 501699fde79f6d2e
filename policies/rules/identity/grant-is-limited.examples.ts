import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { allow, documentOf, roleWith } from "./examples/documents.ts";
import { onStatement, ROLE_POLICY, withStatement } from "./examples/mutations.ts";

const found = (part: string) => [`aws_iam_role_policy.api policy.Statement[0].${part}`];

export const examples: Examples = {
  good: [
    { title: "one bucket is read", resources: roleWith(allow("s3:GetObject", "arn:aws:s3:::uploads/*")) },
    { title: "a denial of everything", resources: roleWith({ Effect: "Deny", Action: "*", Resource: "*" }) },
    { title: "all of S3 on one bucket", resources: roleWith(allow("s3:*", "arn:aws:s3:::uploads")) },
    {
      title: "a policy allows everything, but is only a boundary",
      resources: {
        ...roleWith(allow("s3:GetObject", "arn:aws:s3:::uploads/*")),
        aws_iam_policy: { boundary: { name: "boundary", policy: documentOf(allow("*", "*")) } },
        aws_iam_user: { mail: { name: "mail", permissions_boundary: "arn:aws:iam::111111111111:policy/boundary" } },
      },
    },
  ],
  bad: [
    { title: "everything on everything", resources: roleWith(allow("*", "*")), finds: found("Action") },
    { title: "everything, spelled with a colon", resources: roleWith(allow("*:*", "*")), finds: found("Action") },
    {
      title: "everything, spelled with a question mark",
      resources: roleWith(allow(["?*"], ["?*"])),
      finds: found("Action"),
    },
    { title: "all of IAM", resources: roleWith(allow(["iam:*"], "*")), finds: found("Action") },
    { title: "all of S3 on all buckets", resources: roleWith(allow("S3:*", "arn:aws:s3:::*")), finds: found("Action") },
    {
      title: "all of KMS on all keys of a region",
      resources: roleWith(allow("kms:*", "arn:aws:kms:eu-central-1:111111111111:key/*")),
      finds: found("Action"),
    },
    {
      title: "everything but one action",
      resources: roleWith({ Effect: "Allow", NotAction: "iam:CreateUser", Resource: "*" }),
      finds: found("NotAction"),
    },
    {
      title: "all of EC2 on all but one resource",
      resources: roleWith({
        Effect: "Allow",
        Action: "ec2:*",
        NotResource: "arn:aws:ec2:eu-central-1:111111111111:vpc/a",
      }),
      finds: found("Action"),
    },
    {
      title: "an inline policy of a role with everything, in the old spelling",
      resources: {
        aws_iam_role: { api: { name: "api", inline_policy: [{ name: "all", policy: documentOf(allow("*", "*")) }] } },
      },
      finds: ["aws_iam_role.api inline_policy[0].policy.Statement[0].Action"],
    },
    {
      title: "a managed policy, a group's and a permission set's",
      resources: {
        aws_iam_policy: { all: { name: "all", policy: documentOf(allow("*", "*", { Sid: "All" })) } },
        aws_iam_group_policy: { all: { group: "people", policy: documentOf(allow("*", "*")) } },
        aws_ssoadmin_permission_set_inline_policy: {
          all: { permission_set_arn: "arn", inline_policy: documentOf(allow("*", "*")) },
        },
      },
      finds: [
        "aws_iam_group_policy.all policy.Statement[0].Action",
        "aws_ssoadmin_permission_set_inline_policy.all inline_policy.Statement[0].Action",
        "aws_iam_policy.all policy.Statement[All].Action",
      ],
    },
    {
      title: "a document of the data source",
      resources: { aws_iam_user_policy: { all: { user: "a", policy: "${data.aws_iam_policy_document.all.json}" } } },
      configuration: {
        data: { aws_iam_policy_document: { all: { statement: [{ actions: ["*"], resources: ["*"] }] } } },
      },
      finds: ["aws_iam_user_policy.all policy.Statement[0].Action"],
    },
  ],
  unknown: [
    {
      title: "a variable holds the policy",
      resources: { aws_iam_role_policy: { api: { role: "api", policy: "${var.policy}" } } },
      finds: ["aws_iam_role_policy.api policy"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  withStatement(ROLE_POLICY, "allow everything", allow("*", "*")),
  withStatement(ROLE_POLICY, "allow everything with two stars", allow("*:*", "*")),
  withStatement(ROLE_POLICY, "allow all of IAM", allow("iam:*", "*")),
  withStatement(ROLE_POLICY, "allow all of S3 on all buckets", allow("s3:*", "arn:aws:s3:::*")),
  withStatement(ROLE_POLICY, "allow all but one action", {
    Effect: "Allow",
    NotAction: "iam:CreateUser",
    Resource: "*",
  }),
  onStatement(ROLE_POLICY, "widen actions and resources", (statement) => {
    Object.assign(statement, { Action: "secretsmanager:*", Resource: "*" });
  }),
];
