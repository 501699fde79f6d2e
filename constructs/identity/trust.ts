import { account, type ResourceStatement } from "./resource-policy.ts";

/** Who issues the identity tokens of GitHub Actions. */
export const githubIssuer = "token.actions.githubusercontent.com";
/** For whom such a token must be made out, so that one made for another cloud opens nothing here. */
export const stsAudience = "sts.amazonaws.com";

/**
 * Trusts GitHub Actions jobs with exactly this subject, `repo:<owner>/<name>:environment:<environment>`. No pattern: a
 * pattern is how another branch, another event or another owner's repository of a like name gets in.
 */
export const trustJobs = (providerArn: string, subject: string): ResourceStatement => ({
  sid: "Jobs",
  effect: "Allow",
  principals: { federated: [providerArn] },
  actions: ["sts:AssumeRoleWithWebIdentity"],
  conditions: { StringEquals: { [`${githubIssuer}:aud`]: stsAudience, [`${githubIssuer}:sub`]: subject } },
});

/**
 * Trusts people of the account who proved a second factor at most so long ago, and whose own policy allows them to take
 * the role. Both conditions are false where the keys are missing: access keys, hosts and pipelines carry none.
 */
export const trustPeople = (accountId: string, factorAgeSeconds: number): ResourceStatement => ({
  sid: "PeopleWithSecondFactor",
  effect: "Allow",
  principals: account(accountId),
  actions: ["sts:AssumeRole"],
  conditions: {
    Bool: { "aws:MultiFactorAuthPresent": "true" },
    NumericLessThan: { "aws:MultiFactorAuthAge": String(factorAgeSeconds) },
  },
});
