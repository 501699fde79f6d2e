import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf, forService } from "./examples/documents.ts";
import { onStatement, TRUST } from "./examples/mutations.ts";

const role = (service: string, condition?: JsonObject): JsonObject => ({
  aws_iam_role: { monitor: { name: "monitor", assume_role_policy: documentOf(forService(service, condition)) } },
});
const found = ["aws_iam_role.monitor assume_role_policy.Statement[0].Condition"];

export const examples: Examples = {
  good: [
    {
      title: "for one account",
      resources: role("monitoring.rds.amazonaws.com", { StringEquals: { "aws:SourceAccount": "111111111111" } }),
    },
    {
      title: "for things of one account",
      resources: role("states.amazonaws.com", { ArnLike: { "aws:SourceArn": "arn:aws:states:*:111111111111:*" } }),
    },
  ],
  bad: [
    { title: "for anyone", resources: role("vpc-flow-logs.amazonaws.com"), finds: found },
    {
      title: "for another account, by its number and in an ARN, and for another organization",
      resources: {
        aws_iam_role: {
          a: {
            name: "a",
            assume_role_policy: documentOf(
              forService("states.amazonaws.com", { StringEquals: { "aws:SourceAccount": "222222222222" } }),
              forService("states.amazonaws.com", { ArnLike: { "aws:SourceArn": "arn:aws:states:*:222222222222:*" } }),
              forService("states.amazonaws.com", { StringEquals: { "aws:SourceOrgID": "o-abcdefghij" } }),
            ),
          },
        },
      },
      declaration: {},
      finds: [0, 1, 2].map((at) => `aws_iam_role.a assume_role_policy.Statement[${at}].Condition`),
    },
    { title: "Config for anyone", resources: role("config.amazonaws.com"), finds: found },
    {
      title: "for anyone, by the service's name of a region",
      resources: role("logs.eu-central-1.amazonaws.com"),
      finds: found,
    },
    {
      title: "for things of any account",
      resources: role("eks.amazonaws.com", { ArnLike: { "aws:SourceArn": "arn:aws:eks:*:*:cluster/*" } }),
      finds: found,
    },
    {
      title: "for one account, or where nobody says",
      resources: role("ecs-tasks.amazonaws.com", { StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } }),
      finds: found,
    },
  ],
  unknown: [],
};

const isOf = (statement: { readonly Principal?: { readonly Service?: unknown } }, service: string): boolean =>
  String(statement.Principal?.Service) === service;

export const mutations: readonly Mutation[] = [
  onStatement(TRUST, "drop the account", (statement) => {
    if (isOf(statement, "monitoring.rds.amazonaws.com")) delete statement.Condition;
  }),
  onStatement(TRUST, "name things of any account", (statement) => {
    if (isOf(statement, "ssm.amazonaws.com"))
      statement.Condition = { ArnLike: { "aws:SourceArn": "arn:aws:ssm:*:*:*" } };
  }),
  onStatement(TRUST, "serve another account", (statement) => {
    if (isOf(statement, "monitoring.rds.amazonaws.com"))
      statement.Condition = { StringEquals: { "aws:SourceAccount": "999999999999" } };
  }),
  onStatement(TRUST, "serve another organization", (statement) => {
    if (isOf(statement, "monitoring.rds.amazonaws.com"))
      statement.Condition = { StringEquals: { "aws:SourceOrgID": "o-abcdefghij" } };
  }),
];
