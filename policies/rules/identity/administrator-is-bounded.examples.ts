import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { holdingBoundary } from "./examples/boundaries.ts";
import { documentOf, forJobs, forService, githubProvider } from "./examples/documents.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const attached = {
  aws_iam_role_policy_attachment: { apply: { role: "${aws_iam_role.apply.name}", policy_arn: ADMINISTRATOR } },
};
const role = (more: object, trust = forJobs("repo:a/b:environment:production")) => ({
  aws_iam_role: { apply: { name: "apply", assume_role_policy: documentOf(trust), ...more } },
});
const bounded = { permissions_boundary: "${aws_iam_policy.boundary.arn}" };
const found = ["aws_iam_role_policy_attachment.apply policy_arn"];

export const examples: Examples = {
  good: [
    {
      title: "people and pipelines read, hosts see names and pull images",
      resources: {
        ...githubProvider,
        aws_iam_role: {
          apply: { name: "apply", assume_role_policy: documentOf(forJobs("repo:a/b:environment:production")) },
          host: { name: "host", assume_role_policy: documentOf(forService("ec2.amazonaws.com")) },
        },
        aws_iam_role_policy_attachment: {
          people: { role: "apply", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
          names: { role: "host", policy_arn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
          images: { role: "host", policy_arn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly" },
        },
      },
    },
    {
      title: "a pipeline administers within a boundary that holds",
      resources: { ...githubProvider, ...holdingBoundary(), ...role(bounded), ...attached },
    },
    {
      title: "hosts have what AWS keeps for them, and a policy of ours",
      resources: {
        aws_iam_policy: { own: { name: "own", policy: documentOf() } },
        aws_iam_role_policy_attachment: {
          own: { role: "hosts", policy_arn: "arn:aws:iam::111111111111:policy/own" },
          sessions: { role: "hosts", policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
        },
      },
    },
  ],
  bad: [
    {
      title: "hosts and functions read every object, item or parameter",
      resources: {
        ...role({}, forService("ec2.amazonaws.com")),
        aws_iam_role_policy_attachment: {
          ...{ all: { role: "apply", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
          ...{ objects: { role: "apply", policy_arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" } },
        },
      },
      finds: ["all", "objects"].map((name) => `aws_iam_role_policy_attachment.${name} policy_arn`),
    },
    {
      title: "whole services under names that do not tell, all secrets and all objects among them",
      resources: {
        aws_iam_role_policy_attachment: {
          ...{ secrets: { role: "a", policy_arn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite" } },
          ...{ objects: { role: "a", policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM" } },
          ...{
            data: { role: "a", policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role" },
          },
        },
      },
      finds: ["secrets", "objects", "data"].map((name) => `aws_iam_role_policy_attachment.${name} policy_arn`),
    },
    {
      title: "a pipeline without a boundary",
      resources: { ...githubProvider, ...role({}), ...attached },
      finds: found,
    },
    {
      title: "a boundary that may be lifted",
      resources: {
        ...githubProvider,
        ...holdingBoundary(["iam:DeleteRolePermissionsBoundary"]),
        ...role(bounded),
        ...attached,
      },
      finds: found,
    },
    {
      title: "a host is an administrator, though within a boundary",
      resources: { ...holdingBoundary(), ...role(bounded, forService("ec2.amazonaws.com")), ...attached },
      finds: found,
    },
    {
      title: "a user, a group, many at once and old spellings",
      resources: {
        aws_iam_user_policy_attachment: { a: { user: "a", policy_arn: "arn:aws:iam::aws:policy/IAMFullAccess" } },
        aws_iam_group_policy_attachment: { b: { group: "b", policy_arn: "arn:aws:iam::aws:policy/PowerUserAccess" } },
        aws_iam_policy_attachment: {
          c: { name: "c", roles: ["c"], policy_arn: "arn:aws-cn:iam::aws:policy/AmazonS3FullAccess" },
        },
        aws_ssoadmin_managed_policy_attachment: { d: { permission_set_arn: "d", managed_policy_arn: ADMINISTRATOR } },
        aws_iam_role: { e: { name: "e", managed_policy_arns: [ADMINISTRATOR] } },
      },
      finds: [
        "aws_iam_user_policy_attachment.a policy_arn",
        "aws_iam_group_policy_attachment.b policy_arn",
        "aws_iam_policy_attachment.c policy_arn",
        "aws_ssoadmin_managed_policy_attachment.d managed_policy_arn",
        "aws_iam_role.e managed_policy_arns",
      ],
    },
  ],
  unknown: [
    {
      title: "a policy of AWS that no table has, and one of ours that no output shows",
      resources: {
        aws_iam_role_policy_attachment: {
          misspelt: { role: "a", policy_arn: "arn:aws:iam::aws:policy/AWSCodePipelineApprover" },
          elsewhere: { role: "a", policy_arn: "arn:aws:iam::111111111111:policy/elsewhere" },
        },
      },
      finds: ["misspelt", "elsewhere"].map((name) => `aws_iam_role_policy_attachment.${name} policy_arn`),
    },
    {
      title: "a variable names the policy",
      resources: { aws_iam_role_policy_attachment: { apply: { role: "apply", policy_arn: "${var.policy}" } } },
      finds: found,
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource(
    "aws_iam_role",
    "drop the pipeline's boundary",
    ({ permissions_boundary, ...rest }) => rest,
    (each) => each.name === "apply_role",
  ),
  onResource(
    "aws_iam_role_policy_attachment",
    "make the nodes administrators",
    (each) => ({ ...each, policy_arn: ADMINISTRATOR }),
    (each) => each.name.startsWith("nodes"),
  ),
  onResource(
    "aws_iam_role_policy_attachment",
    "give the nodes all secrets",
    (each) => ({ ...each, policy_arn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite" }),
    (each) => each.name.startsWith("nodes"),
  ),
  onResource("aws_iam_policy", "let the boundary be lifted", (each) => ({
    ...each,
    policy: each.policy.replace("iam:DeleteRolePermissionsBoundary", "iam:DeleteRole"),
  })),
];
