import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { holdingBoundary } from "./examples/boundaries.ts";
import { allow, documentOf } from "./examples/documents.ts";
import { onStatement } from "./examples/mutations.ts";

const carrier = { aws_iam_role: { api: { name: "api", permissions_boundary: "${aws_iam_policy.boundary.arn}" } } };
const carried = (policy: string): JsonObject => ({
  ...carrier,
  aws_iam_policy: { boundary: { name: "boundary", policy } },
});
const POLICY = ["aws_iam_policy", "policy"] as const;
const open = "aws_iam_policy.boundary policy";

export const examples: Examples = {
  good: [
    { title: "every way around it is denied", resources: { ...carrier, ...holdingBoundary() } },
    { title: "a boundary of a few actions", resources: carried(documentOf(allow(["s3:GetObject", "logs:*"], "*"))) },
  ],
  bad: [
    {
      title: "a boundary may be lifted",
      resources: { ...carrier, ...holdingBoundary(["iam:DeleteRolePermissionsBoundary"]) },
      finds: [open],
    },
    {
      title: "roles may be made without it, and it may be changed",
      resources: { ...carrier, ...holdingBoundary(["iam:CreateRole", "iam:CreatePolicyVersion"]) },
      finds: [open, open],
    },
    {
      title: "a denial holds for some users alone",
      resources: carried(
        documentOf(allow("iam:CreateAccessKey", "*"), {
          Effect: "Deny",
          Action: "iam:*",
          Resource: "arn:aws:iam::111111111111:user/people/*",
        }),
      ),
      finds: [open],
    },
    {
      title: "the boundary that is demanded may be any",
      resources: carried(
        documentOf(allow("iam:CreateRole", "*"), {
          ...{ Effect: "Deny", Action: "iam:CreateRole", Resource: "*" },
          Condition: { StringNotLike: { "iam:PermissionsBoundary": "*" } },
        }),
      ),
      finds: [open],
    },
  ],
  unknown: [{ title: "a variable holds it", resources: carried("${var.boundary}"), finds: [open] }],
};

export const mutations: readonly Mutation[] = [
  onStatement(POLICY, "allow roles without it", (statement) => {
    if (statement.Sid === "OnlyWithinTheBoundary") statement.Effect = "Allow";
  }),
  onStatement(POLICY, "deny lifting it for one role alone", (statement) => {
    if (statement.Sid === "KeepsBoundaries") statement.Resource = "arn:aws:iam::333333333333:role/prd-plt-apply";
  }),
  onStatement(POLICY, "let access keys be made", (statement) => {
    if (statement.Sid === "MakesNoPeople")
      statement.Action = statement.Action.filter((each: string) => each !== "iam:CreateAccessKey");
  }),
  onStatement(POLICY, "let it be changed", (statement) => {
    if (statement.Sid === "KeepsTheBoundary") statement.Condition = { Bool: { "aws:MultiFactorAuthPresent": "false" } };
  }),
  onResource("aws_iam_policy", "drop every denial", (each) => ({ ...each, policy: documentOf(allow("*", "*")) })),
];
