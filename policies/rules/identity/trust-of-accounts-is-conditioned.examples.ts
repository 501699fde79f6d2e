import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { documentOf } from "./examples/documents.ts";
import { onStatement, TRUST, withStatement } from "./examples/mutations.ts";

const OWN = "arn:aws:iam::111111111111:root";
const OTHER = "arn:aws:iam::222222222222:root";
const takenBy = (who: Json, condition?: JsonObject): JsonObject => ({
  aws_iam_role: {
    people: {
      name: "people",
      assume_role_policy: documentOf({
        ...{ Effect: "Allow", Principal: who, Action: "sts:AssumeRole" },
        ...(condition === undefined ? {} : { Condition: condition }),
      }),
    },
  },
});
const found = ["aws_iam_role.people assume_role_policy.Statement[0].Principal"];
const declaration = {};

export const examples: Examples = {
  good: [
    { title: "a role of the account", resources: takenBy({ AWS: "arn:aws:iam::111111111111:role/ci" }), declaration },
    {
      title: "people of the account with a second factor",
      resources: takenBy({ AWS: OWN }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      declaration,
    },
    {
      title: "some account that knows a word, whichever is ours",
      resources: takenBy({ AWS: OTHER }, { StringEquals: { "sts:ExternalId": "7c1e" } }),
    },
    {
      title: "anyone of the organization",
      resources: takenBy("*", { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
    },
    { title: "a service", resources: takenBy({ Service: "ec2.amazonaws.com" }) },
  ],
  bad: [
    { title: "anyone", resources: takenBy("*"), finds: found },
    { title: "anyone, in a list", resources: takenBy({ AWS: ["*"] }), finds: found },
    {
      title: "anyone with any ARN",
      resources: takenBy({ AWS: "*" }, { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }),
      finds: found,
    },
    {
      title: "a whole other account, by an operator that knows patterns as well",
      resources: takenBy({ AWS: OTHER }, { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:*" } }),
      finds: found,
    },
    {
      title: "anyone who says it or says nothing",
      resources: takenBy({ AWS: "*" }, { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
      finds: found,
    },
    {
      title: "an undeclared account that knows a word",
      resources: takenBy({ AWS: OTHER }, { StringEquals: { "sts:ExternalId": "7c1e" } }),
      declaration,
      finds: found,
    },
    {
      title: "anyone of an organization that no output has",
      resources: takenBy("*", { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
      declaration,
      finds: found,
    },
    {
      title: "anyone of an undeclared account",
      resources: takenBy("*", { StringEquals: { "aws:PrincipalAccount": "222222222222" } }),
      declaration,
      finds: found,
    },
    { title: "any service", resources: takenBy({ Service: "*" }), finds: found },
    {
      title: "the account that Terraform runs in, as a whole",
      resources: takenBy({ AWS: "arn:aws:iam::${data.aws_caller_identity.own.account_id}:root" }),
      finds: found,
    },
    {
      title: "everyone but one",
      resources: {
        aws_iam_role: {
          people: {
            name: "people",
            assume_role_policy: documentOf({ Effect: "Allow", NotPrincipal: { AWS: OTHER }, Action: "sts:AssumeRole" }),
          },
        },
      },
      finds: found,
    },
    { title: "a whole account", resources: takenBy({ AWS: "111111111111" }), finds: found },
    {
      title: "people with a second factor, or without any",
      resources: takenBy({ AWS: OWN }, { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }),
      finds: found,
    },
    {
      title: "a role of an undeclared account",
      resources: takenBy({ AWS: "arn:aws:iam::222222222222:role/ci" }),
      declaration,
      finds: found,
    },
  ],
  unknown: [
    { title: "an id of somebody who is gone", resources: takenBy({ AWS: "AROAEXAMPLEEXAMPLEEX" }), finds: found },
    {
      title: "a role of some account, where nothing says which is ours",
      resources: takenBy({ AWS: "arn:aws:iam::222222222222:role/ci" }),
      finds: found,
    },
    {
      title: "people of some account with a second factor, where nothing says which is ours",
      resources: takenBy({ AWS: OTHER }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      finds: found,
    },
    { title: "a variable names who", resources: takenBy({ AWS: "${var.who}" }), finds: found },
    {
      title: "a variable holds the trust",
      resources: { aws_iam_role: { people: { name: "people", assume_role_policy: "${var.trust}" } } },
      finds: ["aws_iam_role.people assume_role_policy"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  withStatement(TRUST, "let anyone in", { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
  withStatement(TRUST, "let another account in", {
    Effect: "Allow",
    Principal: { AWS: OTHER },
    Action: "sts:AssumeRole",
  }),
  onStatement(TRUST, "drop the second factor", (statement) => {
    if (statement.Principal?.AWS !== undefined) delete statement.Condition;
  }),
  onStatement(TRUST, "make a service anyone", (statement) => {
    if (statement.Principal?.Service !== undefined) statement.Principal = { AWS: "*" };
  }),
  onResource("aws_iam_role", "turn principals into exceptions", (each) => ({
    ...each,
    assume_role_policy: each.assume_role_policy.replace('"Principal"', '"NotPrincipal"'),
  })),
];
