import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const policy = (tagStatus: string, countType: string, countNumber: number) =>
  JSON.stringify({
    rules: [{ rulePriority: 1, selection: { tagStatus, countType, countNumber }, action: { type: "expire" } }],
  });
const lifecycle = (text: string) => ({ aws_ecr_lifecycle_policy: { app: { repository: "app", policy: text } } });
const COUNT = "policy.rules.selection.countNumber";

export const examples: Examples = {
  good: [
    { title: "untagged images go in a week", resources: lifecycle(policy("untagged", "sinceImagePushed", 7)) },
    { title: "the newest 500 stay", resources: lifecycle(policy("any", "imageCountMoreThan", 500)) },
  ],
  bad: [
    {
      title: "images go by their age",
      resources: lifecycle(policy("any", "sinceImagePushed", 365)),
      finds: [`aws_ecr_lifecycle_policy.app ${COUNT}`],
    },
    {
      title: "three stay, in repositories that a template makes",
      resources: {
        aws_ecr_repository_creation_template: { app: { lifecycle_policy: policy("tagged", "imageCountMoreThan", 3) } },
      },
      finds: [`aws_ecr_repository_creation_template.app ${COUNT}`],
    },
  ],
  unknown: [
    {
      title: "a variable holds the policy",
      resources: lifecycle("${var.policy}"),
      finds: [`aws_ecr_lifecycle_policy.app ${COUNT}`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_ecr_lifecycle_policy", "let images go by age", (setting) => ({
    ...setting,
    policy: policy("any", "sinceImagePushed", 30),
  })),
  onResource("aws_ecr_lifecycle_policy", "leave three images", (setting) => ({
    ...setting,
    policy: policy("tagged", "imageCountMoreThan", 3),
  })),
];
