import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf, forJobs, forService, githubProvider } from "./examples/documents.ts";

const ROLE = "arn:aws:iam::111111111111:role/ci";
const policyOf = (name: string, more: JsonObject = {}): JsonObject => ({
  aws_eks_access_policy_association: {
    a: {
      principal_arn: ROLE,
      policy_arn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      access_scope: { type: "cluster" },
      ...more,
    },
  },
});
const role = (...trust: readonly JsonObject[]): JsonObject => ({
  ...githubProvider,
  aws_iam_role: { ci: { name: "ci", assume_role_policy: documentOf(...trust) } },
});
const found = ["aws_eks_access_policy_association.a policy_arn"];

export const examples: Examples = {
  good: [
    {
      title: "the pipeline governs",
      resources: { ...role(forJobs("repo:a/b:environment:production")), ...policyOf("AmazonEKSClusterAdminPolicy") },
    },
    {
      title: "people with a second factor govern",
      resources: {
        ...role({
          ...{ Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole" },
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        }),
        ...policyOf("AmazonEKSClusterAdminPolicy"),
      },
    },
    {
      title: "someone sees one namespace",
      resources: policyOf("AmazonEKSViewPolicy", { access_scope: [{ type: "namespace", namespaces: ["shop"] }] }),
    },
    {
      title: "an entry with a group of our own",
      resources: { aws_eks_access_entry: { a: { principal_arn: ROLE, kubernetes_groups: ["readers"] } } },
    },
  ],
  bad: [
    {
      title: "a host governs",
      resources: { ...role(forService("ec2.amazonaws.com")), ...policyOf("AmazonEKSClusterAdminPolicy") },
      finds: found,
    },
    { title: "someone unknown governs", resources: policyOf("AmazonEKSAdminPolicy"), finds: found },
    { title: "someone sees the whole cluster", resources: policyOf("AmazonEKSViewPolicy"), finds: found },
    {
      title: "someone sees every namespace by a pattern",
      resources: policyOf("AmazonEKSViewPolicy", { access_scope: [{ type: "namespace", namespaces: ["*"] }] }),
      finds: found,
    },
    {
      title: "a host edits a namespace",
      resources: {
        ...role(forService("ec2.amazonaws.com")),
        ...policyOf("AmazonEKSEditPolicy", { access_scope: { type: "namespace", namespaces: ["shop"] } }),
      },
      finds: found,
    },
    {
      title: "a member of system:masters",
      resources: { aws_eks_access_entry: { a: { principal_arn: ROLE, kubernetes_groups: ["system:masters"] } } },
      finds: ["aws_eks_access_entry.a kubernetes_groups"],
    },
  ],
  unknown: [
    { title: "a variable names the policy", resources: policyOf("", { policy_arn: "${var.policy}" }), finds: found },
  ],
};

const CLUSTER_ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
const isOperators = (each: { readonly name: string }): boolean => each.name.includes("operator");

export const mutations: readonly Mutation[] = [
  onResource(
    "aws_eks_access_policy_association",
    "show operators the whole cluster",
    (each) => ({ ...each, access_scope: { type: "cluster" } }),
    isOperators,
  ),
  onResource("aws_eks_access_policy_association", "let Prometheus govern", (each) => ({
    ...each,
    policy_arn: CLUSTER_ADMIN,
    principal_arn: "arn:aws:iam::333333333333:role/prd-obs-prometheus",
  })),
  onResource("aws_eks_access_entry", "put someone into system:masters", (each) => ({
    ...each,
    kubernetes_groups: ["system:masters"],
  })),
];
