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

/** Trusts a service of AWS that acts for resources of this account: no other account can make it act with our rights. */
export const trustService = (accountId: string, service: string): ResourceStatement => ({
  sid: "Service",
  effect: "Allow",
  principals: { services: [service] },
  actions: ["sts:AssumeRole"],
  conditions: { StringEquals: { "aws:SourceAccount": accountId } },
});

/**
 * Trusts the cluster to act for its pods, and gives credentials to pods of exactly this service account of this cluster:
 * EKS names them in the tags of each session, and pods cannot.
 */
export const trustPods = (clusterArn: string, namespace: string, serviceAccount: string): ResourceStatement => ({
  sid: "Pods",
  effect: "Allow",
  principals: { services: ["pods.eks.amazonaws.com"] },
  actions: ["sts:AssumeRole", "sts:TagSession"],
  conditions: {
    StringEquals: {
      "aws:RequestTag/eks-cluster-arn": clusterArn,
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
    },
  },
});
