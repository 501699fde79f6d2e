import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { allow, documentOf, forService, roleWith } from "./examples/documents.ts";
import { onStatement, ROLE_POLICY, withStatement } from "./examples/mutations.ts";

const at = "aws_iam_role_policy.api policy.Statement[0]";
const role = "arn:aws:iam::111111111111:role/backup";
const to = (service: string, operator = "StringEquals") => ({
  Condition: { [operator]: { "iam:PassedToService": service } },
});
const issuers = (...services: readonly string[]) => ({
  ...roleWith(allow("iam:PassRole", "arn:aws:iam::111111111111:role/issue-*", to("ssm.amazonaws.com"))),
  aws_iam_role: Object.fromEntries(
    services.map((service, index) => [
      `issue${index}`,
      { name: `issue-${index}`, assume_role_policy: documentOf(forService(service)) },
    ]),
  ),
});

export const examples: Examples = {
  good: [
    { title: "one role to one service", resources: roleWith(allow("iam:PassRole", role, to("backup.amazonaws.com"))) },
    {
      title: "roles by a pattern that all trust the service",
      resources: issuers("ssm.amazonaws.com", "ssm.amazonaws.com"),
    },
  ],
  bad: [
    {
      title: "any role to any service",
      resources: roleWith(allow(["ec2:RunInstances", "iam:PassRole"], "*")),
      finds: [`${at}.Resource`, `${at}.Condition.iam:PassedToService`],
    },
    {
      title: "any role to one service",
      resources: roleWith(allow("iam:Pass*", "arn:aws:iam::111111111111:role/*", to("ec2.amazonaws.com"))),
      finds: [`${at}.Resource`],
    },
    {
      title: "one role to any service",
      resources: roleWith(allow("iam:PassRole", role)),
      finds: [`${at}.Condition.iam:PassedToService`],
    },
    {
      title: "the service is a pattern",
      resources: roleWith(allow("iam:PassRole", role, to("*.amazonaws.com", "StringLike"))),
      finds: [`${at}.Condition.iam:PassedToService`],
    },
    {
      title: "a pattern of roles of which one is for another service",
      resources: issuers("ssm.amazonaws.com", "ec2.amazonaws.com"),
      finds: [`${at}.Resource`],
    },
  ],
  unknown: [
    {
      title: "a variable names the role",
      resources: roleWith(allow("iam:PassRole", "${var.role}", to("ec2.amazonaws.com"))),
      finds: [`${at}.Resource`],
    },
  ],
};

const passes = (statement: { readonly Action?: unknown }): boolean => String(statement.Action) === "iam:PassRole";

export const mutations: readonly Mutation[] = [
  onStatement(ROLE_POLICY, "drop the service", (statement) => {
    if (passes(statement)) delete statement.Condition;
  }),
  onStatement(ROLE_POLICY, "pass any role", (statement) => {
    if (passes(statement)) statement.Resource = ["*"];
  }),
  onStatement(ROLE_POLICY, "pass all roles of the platform", (statement) => {
    if (passes(statement)) statement.Resource = ["arn:aws:iam::333333333333:role/prd-plt-*"];
  }),
  withStatement(ROLE_POLICY, "let machines be started with any role", allow(["ec2:RunInstances", "iam:PassRole"], "*")),
];
