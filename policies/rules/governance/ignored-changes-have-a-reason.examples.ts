import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { Json, JsonObject } from "../../model/json.ts";

const ignoring = (type: string, ignore_changes: Json): JsonObject => ({
  [type]: { a: { lifecycle: { ignore_changes } } },
});

export const examples: Examples = {
  good: [
    { title: "a scaler sets the count", resources: ignoring("aws_ecs_service", ["desired_count"]) },
    { title: "an image of the day", resources: ignoring("aws_instance", ["ami"]) },
  ],
  bad: [
    {
      title: "everything",
      resources: ignoring("aws_instance", "all"),
      finds: ["aws_instance.a lifecycle.ignore_changes"],
    },
    {
      title: "rules of a group",
      resources: ignoring("aws_security_group", ["ingress"]),
      finds: ["aws_security_group.a lifecycle.ignore_changes"],
    },
    {
      title: "a policy, in a list of one block",
      resources: { aws_s3_bucket_policy: { a: { lifecycle: [{ ignore_changes: ["policy"] }] } } },
      finds: ["aws_s3_bucket_policy.a lifecycle.ignore_changes"],
    },
  ],
  unknown: [],
};

const ignore = (type: string, attribute: Json): Mutation =>
  onResource(type, `ignore ${String(attribute)} of ${type}`, (each) => ({
    ...each,
    lifecycle: { ...each.lifecycle, ignore_changes: attribute },
  }));

export const mutations: readonly Mutation[] = [
  ignore("aws_iam_role", ["assume_role_policy"]),
  ignore("aws_kms_key", "all"),
  ignore("aws_rds_cluster", ["storage_encrypted"]),
];
