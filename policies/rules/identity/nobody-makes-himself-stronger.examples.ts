import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { allow, documentOf, roleWith } from "./examples/documents.ts";
import { onStatement, ROLE_POLICY, withStatement } from "./examples/mutations.ts";

const found = ["aws_iam_role_policy.api policy.Statement[0].Action"];
const boundary = { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/boundary" } };

export const examples: Examples = {
  good: [
    {
      title: "one role is taken",
      resources: roleWith(allow("sts:AssumeRole", "arn:aws:iam::111111111111:role/reader")),
    },
    {
      title: "roles are changed within a boundary",
      resources: roleWith(allow(["iam:CreateRole", "iam:PutRolePolicy"], "*", { Condition: boundary })),
    },
    {
      title: "another role is written",
      resources: roleWith(allow("iam:PutRolePolicy", "arn:aws:iam::111111111111:role/reader")),
    },
    {
      title: "a role of that name in any account of the organization",
      resources: roleWith(
        allow("sts:AssumeRole", "arn:aws:iam::*:role/inventory", {
          Condition: { StringEquals: { "aws:ResourceOrgID": "o-a1b2c3d4e5" } },
        }),
      ),
    },
    {
      title: "grants for resources of AWS alone",
      resources: roleWith(
        allow("kms:CreateGrant", "arn:aws:kms:eu-central-1:111111111111:key/*", {
          Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        }),
      ),
    },
  ],
  bad: [
    {
      title: "policies of any role may be written",
      resources: roleWith(allow("iam:PutRolePolicy", "*")),
      finds: found,
    },
    {
      title: "a new version of any policy",
      resources: roleWith(allow("iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/*")),
      finds: found,
    },
    {
      title: "any role may be taken",
      resources: roleWith(allow("sts:Assume*", "arn:aws:iam::*:role/*")),
      finds: found,
    },
    {
      title: "a role of that name in whatever account",
      resources: roleWith(allow("sts:AssumeRole", "arn:aws:iam::*:role/admin")),
      finds: found,
    },
    {
      title: "layers of any function, steps of any job, machine or stack, which run with others' roles",
      resources: roleWith(
        allow("lambda:UpdateFunctionConfiguration", "arn:aws:lambda:eu-central-1:111111111111:function:*"),
        allow("states:UpdateStateMachine", "arn:aws:states:eu-central-1:111111111111:stateMachine:*"),
        allow("glue:UpdateJob", "arn:aws:glue:eu-central-1:111111111111:job/*"),
        allow("cloudformation:UpdateStack", "arn:aws:cloudformation:eu-central-1:111111111111:stack/*"),
      ),
      finds: [0, 1, 2, 3].map((at) => `aws_iam_role_policy.api policy.Statement[${at}].Action`),
    },
    {
      title: "rights of whoever calls",
      resources: roleWith(allow("iam:AttachUserPolicy", "arn:aws:iam::111111111111:user/$${aws:username}")),
      finds: found,
    },
    { title: "keys of any user", resources: roleWith(allow("iam:Create*", "*")), finds: found },
    { title: "policies of any key", resources: roleWith(allow("kms:Put*", "*")), finds: found },
    {
      title: "code of any function",
      resources: roleWith(allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:111111111111:function:*")),
      finds: found,
    },
    {
      title: "lists of any object, copies of any disk for strangers, and denials that go",
      resources: roleWith(
        allow("s3:PutObjectAcl", "arn:aws:s3:::*"),
        allow("ec2:ModifySnapshotAttribute", "arn:aws:ec2:*::snapshot/*"),
        allow("iam:DetachRolePolicy", "*"),
      ),
      finds: [0, 1, 2].map((at) => `aws_iam_role_policy.api policy.Statement[${at}].Action`),
    },
    {
      title: "its own policies, by name, by a pattern and by reference",
      resources: roleWith(
        allow("iam:PutRolePolicy", "arn:aws:iam::111111111111:role/api"),
        allow("iam:UpdateAssumeRolePolicy", "arn:aws:iam::111111111111:role/a*"),
        allow("iam:DetachRolePolicy", "${aws_iam_role.api.arn}"),
      ),
      finds: [0, 1, 2].map((at) => `aws_iam_role_policy.api policy.Statement[${at}].Action`),
    },
    {
      title: "the policy that bounds it",
      resources: {
        ...roleWith(allow("iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/boundary")),
        aws_iam_role: { api: { name: "api", permissions_boundary: "${aws_iam_policy.boundary.arn}" } },
        aws_iam_policy: { boundary: { name: "boundary", policy: documentOf(allow("s3:GetObject", "*")) } },
      },
      finds: found,
    },
    {
      title: "any boundary will do",
      resources: roleWith(
        allow("iam:PutRolePolicy", "*", { Condition: { StringLike: { "iam:PermissionsBoundary": "*" } } }),
      ),
      finds: found,
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  withStatement(ROLE_POLICY, "let policies be written", allow("iam:PutRolePolicy", "*")),
  withStatement(ROLE_POLICY, "let a role drop policies of its own", allow("iam:DeleteRolePolicy", "arn:*:role/p*")),
  withStatement(ROLE_POLICY, "let any role be taken", allow("sts:AssumeRole", "*")),
  withStatement(ROLE_POLICY, "let lists of objects be written", allow("s3:PutObjectAcl", "arn:aws:s3:::*/*")),
  withStatement(
    ROLE_POLICY,
    "let versions of policies be made",
    allow("iam:*PolicyVersion", "arn:aws:iam::333333333333:policy/*"),
  ),
  onStatement(ROLE_POLICY, "let grants of keys be made for anyone", (statement) => {
    if (String(statement.Action) === "kms:CreateGrant") delete statement.Condition;
  }),
];
