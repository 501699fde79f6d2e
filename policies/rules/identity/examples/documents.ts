import type { Json, JsonObject } from "../../../model/json.ts";

/** A policy document as Terraform has it: JSON in a text. */
export const documentOf = (...statements: readonly JsonObject[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A role with a trust that nothing is wrong with, and one policy of its own. */
export const roleWith = (...statements: readonly JsonObject[]): JsonObject => ({
  aws_iam_role: { api: { name: "api", assume_role_policy: documentOf(forService("ec2.amazonaws.com")) } },
  aws_iam_role_policy: { api: { role: "${aws_iam_role.api.name}", policy: documentOf(...statements) } },
});

/** Allows something on something. */
export const allow = (action: Json, resource: Json, more: JsonObject = {}): JsonObject => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});

/** Lets a service of AWS take a role. */
export const forService = (service: string, condition?: JsonObject): JsonObject => ({
  Effect: "Allow",
  Principal: { Service: service },
  Action: "sts:AssumeRole",
  ...(condition === undefined ? {} : { Condition: condition }),
});

const GITHUB = "token.actions.githubusercontent.com";

/** The provider of GitHub's tokens, and its address in an ARN. */
export const githubProvider: JsonObject = {
  aws_iam_openid_connect_provider: { github: { url: `https://${GITHUB}`, client_id_list: ["sts.amazonaws.com"] } },
};

/** Lets jobs of GitHub with a subject take a role. */
export const forJobs = (subject: Json, operator = "StringEquals"): JsonObject => ({
  Effect: "Allow",
  Principal: { Federated: "${aws_iam_openid_connect_provider.github.arn}" },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: {
    StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" },
    ...(operator === "StringEquals"
      ? { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com", [`${GITHUB}:sub`]: subject } }
      : { [operator]: { [`${GITHUB}:sub`]: subject } }),
  },
});
