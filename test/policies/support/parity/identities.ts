import type { JsonObject } from "../../../../policies/model/json.ts";
import { anyone, policy, secret } from "./shared.ts";

const allowed = (action: string | readonly string[]): JsonObject => ({
  aws_iam_policy: { one: { policy: policy({ Action: action, Resource: "*" }) } },
});
const trust = (statement: JsonObject): JsonObject => ({
  aws_iam_role: { one: { assume_role_policy: policy(statement) } },
});
const tokens = trust({
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
  Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:*" } },
});
const session = (inputs: JsonObject): JsonObject => ({
  aws_ssm_document: {
    one: { document_type: "Session", content: JSON.stringify({ sessionType: "Standard_Stream", inputs }) },
  },
});
const task = (container: JsonObject, more: JsonObject = {}): JsonObject => ({
  aws_ecs_task_definition: { one: { container_definitions: JSON.stringify([{ name: "app", ...container }]), ...more } },
});
const attached = (arn: string): JsonObject => ({
  aws_iam_role: { one: {} },
  aws_iam_role_policy_attachment: { one: { role: "${aws_iam_role.one.name}", policy_arn: arn } },
});

/** Faults of rights, keys, sessions and what runs containers, by id of the check that is after them. */
export const identities: Readonly<Record<string, JsonObject>> = {
  CKV_AWS_167: { aws_glacier_vault: { one: { access_policy: anyone("glacier:*") } } },
  CKV_AWS_45: { aws_lambda_function: { one: { environment: { variables: { AWS_ACCESS_KEY_ID: secret } } } } },
  CKV2_AWS_3: { aws_guardduty_detector: { one: { enable: false } } },
  CKV_AWS_121: { aws_config_configuration_recorder: { one: {} } },
  CKV_AWS_238: { aws_guardduty_detector: { one: { enable: false } } },
  CKV_AWS_33: { aws_kms_key: { one: { policy: anyone("kms:*") } } },
  CKV_AWS_168: { aws_sqs_queue: { one: { policy: anyone("sqs:SendMessage") } } },
  CKV_AWS_169: { aws_sns_topic_policy: { one: { policy: anyone("sns:Publish") } } },
  CKV_AWS_385: {
    aws_sns_topic_policy: {
      one: {
        policy: policy({ Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "sns:Publish", Resource: "*" }),
      },
    },
  },
  CKV_AWS_387: { aws_sqs_queue_policy: { one: { policy: anyone("sqs:*") } } },
  CKV_AWS_72: { aws_sqs_queue_policy: { one: { policy: anyone("*") } } },
  CKV_AWS_304: {
    aws_secretsmanager_secret: { one: {} },
    aws_secretsmanager_secret_rotation: {
      one: { secret_id: "${aws_secretsmanager_secret.one.id}", rotation_rules: { automatically_after_days: 400 } },
    },
  },
  CKV_AWS_337: { aws_ssm_parameter: { one: { type: "SecureString" } } },
  CKV2_AWS_34: { aws_ssm_parameter: { one: { type: "String", name: "/shop/key", value: secret } } },
  CKV_AWS_112: session({ kmsKeyId: "" }),
  CKV_AWS_113: session({ s3BucketName: "one", s3EncryptionEnabled: false }),
  CKV_AWS_303: { aws_ssm_document: { one: { permissions: { type: "Share", account_ids: "All" } } } },
  CKV_AWS_366: { aws_cognito_identity_pool: { one: { allow_unauthenticated_identities: true } } },
  CKV2_AWS_40: allowed("*"),
  CKV2_AWS_68: allowed("*"),
  CKV_AWS_1: allowed("*"),
  CKV_AWS_49: allowed("*"),
  CKV_AWS_62: allowed("*"),
  CKV_AWS_63: allowed("*"),
  CKV_AWS_109: allowed("iam:PutRolePolicy"),
  CKV_AWS_110: allowed("iam:PassRole"),
  CKV_AWS_286: allowed("iam:CreatePolicyVersion"),
  CKV_AWS_289: allowed("iam:AttachRolePolicy"),
  CKV_AWS_107: allowed("iam:CreateAccessKey"),
  CKV_AWS_287: allowed("sts:AssumeRole"),
  CKV_AWS_108: allowed("secretsmanager:GetSecretValue"),
  CKV_AWS_111: allowed("s3:PutObject"),
  CKV_AWS_288: allowed("s3:GetObject"),
  CKV_AWS_290: allowed("dynamodb:PutItem"),
  CKV_AWS_355: allowed("s3:DeleteObject"),
  CKV_AWS_356: allowed("s3:DeleteObject"),
  CKV2_AWS_56: attached("arn:aws:iam::aws:policy/IAMFullAccess"),
  CKV_AWS_274: attached("arn:aws:iam::aws:policy/AdministratorAccess"),
  CKV_AWS_275: attached("arn:aws:iam::aws:policy/AdministratorAccess"),
  CKV2_AWS_14: { aws_iam_user: { one: { name: "one" } }, aws_iam_group: { one: { name: "one" } } },
  CKV2_AWS_21: { aws_iam_user: { one: { name: "one" } } },
  CKV_AWS_40: {
    aws_iam_user: { one: { name: "one" } },
    aws_iam_user_policy: {
      one: { user: "${aws_iam_user.one.name}", policy: policy({ Action: "s3:GetObject", Resource: "*" }) },
    },
  },
  CKV2_AWS_22: {
    aws_iam_user: { one: { name: "one" } },
    aws_iam_user_login_profile: { one: { user: "${aws_iam_user.one.name}" } },
  },
  CKV_AWS_283: {
    aws_kms_key: { one: { policy: policy({ Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" }) } },
  },
  CKV_AWS_60: trust({ Action: "sts:AssumeRole", Principal: { AWS: "*" } }),
  CKV_AWS_61: trust({ Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::111111111111:root" } }),
  CKV_AWS_358: tokens,
  CKV_AWS_393: tokens,
  CKV_AWS_32: { aws_ecr_repository_policy: { one: { policy: anyone("ecr:*") } } },
  CKV_AWS_173: { aws_lambda_function: { one: { environment: { variables: { LEVEL: "info" } } } } },
  CKV_AWS_210: { aws_batch_job_definition: { one: { container_properties: JSON.stringify({ privileged: true }) } } },
  CKV_AWS_334: task({ privileged: true, readonlyRootFilesystem: true }),
  CKV_AWS_335: task({ readonlyRootFilesystem: true }, { pid_mode: "host" }),
  CKV_AWS_336: task({}),
};
