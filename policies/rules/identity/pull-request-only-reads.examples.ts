import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { addResource } from "./examples/additions.ts";
import { allow, documentOf, forJobs, githubProvider } from "./examples/documents.ts";
import { onStatement, ROLE_POLICY, withStatement } from "./examples/mutations.ts";

const denial = {
  Effect: "Deny",
  Action: ["logs:Get*", "s3:GetObject*", "secretsmanager:Get*", "ssm:GetParameterHistory"],
  Resource: "*",
};
const role = (...statements: readonly JsonObject[]): JsonObject => ({
  ...githubProvider,
  aws_iam_role: { plan: { name: "plan", assume_role_policy: documentOf(forJobs("repo:a/b:pull_request")) } },
  aws_iam_role_policy: { plan: { role: "plan", policy: documentOf(...statements) } },
});
const attached = (policy: string): JsonObject => ({
  aws_iam_role_policy_attachment: { plan: { role: "${aws_iam_role.plan.name}", policy_arn: policy } },
});
const READS_ALL = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const written = ["aws_iam_role_policy.plan policy.Statement[0].Action"];

export const examples: Examples = {
  good: [
    { title: "it reads descriptions, and data are denied", resources: { ...role(denial), ...attached(READS_ALL) } },
    { title: "it reads states", resources: role(allow(["s3:GetObject", "s3:ListBucket"], "arn:aws:s3:::states/*")) },
  ],
  bad: [
    {
      title: "it writes states",
      resources: role(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::states/*")),
      finds: written,
    },
    {
      title: "it may do anything with one bucket",
      resources: role(allow("s3:*", "arn:aws:s3:::states")),
      finds: written,
    },
    {
      title: "it has a policy of AWS that changes things",
      resources: { ...role(denial), ...attached("arn:aws:iam::aws:policy/PowerUserAccess") },
      finds: ["aws_iam_role_policy_attachment.plan policy_arn"],
    },
    {
      title: "it reads everything, data too",
      resources: { ...role(allow("s3:ListBucket", "*")), ...attached(READS_ALL) },
      finds: ["aws_iam_role.plan policy"],
    },
    {
      title: "data are denied only to some",
      resources: {
        ...role({ ...denial, Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } } }),
        ...attached(READS_ALL),
      },
      finds: ["aws_iam_role.plan policy"],
    },
  ],
  unknown: [{ title: "a variable names an action", resources: role(allow("${var.action}", "*")), finds: written }],
};

const ofPlan = (each: { readonly name: string }): boolean => each.name.startsWith("plan_");

export const mutations: readonly Mutation[] = [
  withStatement(
    ROLE_POLICY,
    "let it write states",
    allow("s3:PutObject", "arn:aws:s3:::prd-plt-state-333333333333/*"),
    ofPlan,
  ),
  onStatement(
    ROLE_POLICY,
    "let it read secrets",
    (statement) => {
      if (statement.Effect === "Deny" && Array.isArray(statement.Action))
        statement.Action = statement.Action.filter((each: string) => each !== "secretsmanager:GetSecretValue");
    },
    ofPlan,
  ),
  onStatement(
    ROLE_POLICY,
    "let it read all objects",
    (statement) => {
      if (statement.Effect === "Deny" && String(statement.Action).includes("s3:GetObject")) statement.Effect = "Allow";
    },
    ofPlan,
  ),
  onResource(
    "aws_iam_role_policy_attachment",
    "let it change things",
    (each) => ({ ...each, policy_arn: "arn:aws:iam::aws:policy/PowerUserAccess" }),
    (each) => each.name === "plan_managed",
  ),
  addResource("attach one more policy", "aws_iam_role_policy_attachment", {
    role: "prd-plt-plan",
    policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
  }),
];
