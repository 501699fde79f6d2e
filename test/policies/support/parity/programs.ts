import type { JsonObject } from "../../../../policies/model/json.ts";

const atRest = (more: JsonObject): JsonObject => ({
  aws_emr_security_configuration: {
    one: {
      configuration: JSON.stringify({
        EncryptionConfiguration: { EnableAtRestEncryption: true, AtRestEncryptionConfiguration: more },
      }),
    },
  },
});

/** Faults of what runs outside of a cluster of Kubernetes, by id of the check that is after them. */
export const programs: Readonly<Record<string, JsonObject>> = {
  CKV2_AWS_15: { aws_autoscaling_group: { one: { target_group_arns: ["arn:one"] } } },
  CKV2_AWS_66: { aws_mwaa_environment: { one: { webserver_access_mode: "PUBLIC_ONLY" } } },
  CKV2_AWS_75: {
    aws_lambda_function_url: {
      one: { authorization_type: "AWS_IAM", cors: [{ allow_origins: ["*"], allow_credentials: true }] },
    },
  },
  CKV_AWS_102: { aws_neptune_cluster_instance: { one: { publicly_accessible: true } } },
  CKV_AWS_116: {
    aws_lambda_function: { one: {} },
    aws_lambda_permission: {
      one: { function_name: "${aws_lambda_function.one.function_name}", principal: "s3.amazonaws.com" },
    },
  },
  CKV_AWS_171: atRest({ S3EncryptionConfiguration: { EncryptionMode: "SSE-S3" } }),
  CKV_AWS_223: {
    aws_ecs_cluster: { one: { configuration: [{ execute_command_configuration: [{ logging: "NONE" }] }] } },
  },
  CKV_AWS_249: {
    aws_ecs_task_definition: {
      one: { container_definitions: "[]", task_role_arn: "arn:one", execution_role_arn: "arn:one" },
    },
  },
  CKV_AWS_316: { aws_codebuild_project: { one: { environment: [{ privileged_mode: true }] } } },
  CKV_AWS_332: { aws_ecs_service: { one: { launch_type: "FARGATE", platform_version: "1.3.0" } } },
  CKV_AWS_349: atRest({ LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: "none" } }),
  CKV_AWS_350: atRest({ LocalDiskEncryptionConfiguration: { EnableEbsEncryption: false } }),
  CKV_AWS_363: { aws_lambda_function: { one: { runtime: "python3.7" } } },
};
