import { account, type ResourceStatement } from "../identity/resource-policy.ts";

/** AWS services through which a role may use a key, by their endpoint name. */
export type UsingService =
  | "ec2"
  | "elasticfilesystem"
  | "network-firewall"
  | "rds"
  | "s3"
  | "secretsmanager"
  | "sns"
  | "ssm";

/** AWS services that use a key by their own principal. */
export type ServicePrincipal = "cloudwatch-alarms" | "cloudwatch-logs" | "log-delivery";

export interface KeyPolicyProps {
  readonly accountId: string;
  readonly region: string;
  /**
   * ARN patterns of roles that may encrypt and decrypt. They may belong to stacks applied later, so they stand in a
   * condition: a principal would have to exist. Each also needs the permission in its own IAM policy.
   */
  readonly userArns: readonly string[];
  /** Services through which those roles use the key; `direct` also allows calls to KMS itself. */
  readonly usedThrough: readonly UsingService[] | "direct";
  /** ARN patterns of roles that make volumes, file systems and databases under the key, hence also use it; default none. */
  readonly grantorArns?: readonly string[];
  /** ARN patterns of roles that may make secrets under the key and read none of them; default none. */
  readonly validatorArns?: readonly string[];
  /** Services that encrypt on their own; default none. */
  readonly services?: readonly ServicePrincipal[];
  /** ARN patterns of the only roles that may delete or disable the key: with it goes everything it encrypts. */
  readonly breakGlassArns: readonly string[];
  /** Whether the key may be replicated to another region; default false. */
  readonly multiRegion?: boolean;
}

const useActions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

// Named one by one: `kms:Create*` would hold CreateGrant, by which an administrator gives himself the data.
const administerActions = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/**
 * Statements of a key policy: the account administers by IAM without reading; named roles use the key through named
 * services, or only prove that they could; services use it for this account only; no one but break-glass roles takes it
 * away.
 */
export function keyPolicy(props: KeyPolicyProps): readonly ResourceStatement[] {
  const grantorArns = props.grantorArns ?? [];
  const userArns = [...props.userArns, ...grantorArns];
  const via: Record<string, Record<string, readonly string[]>> = props.usedThrough === "direct"
    ? {}
    : {
        StringEquals: {
          "kms:ViaService": props.usedThrough.map((service) => `${service}.${props.region}.amazonaws.com`),
        },
      };
  const statements: ResourceStatement[] = [
    {
      sid: "AccountAdministersByIam",
      effect: "Allow",
      principals: account(props.accountId),
      actions: props.multiRegion
        ? [...administerActions, "kms:ReplicateKey", "kms:UpdatePrimaryRegion"]
        : administerActions,
      resources: ["*"],
    },
    {
      sid: "OnlyBreakGlassTakesTheKeyAway",
      effect: "Deny",
      principals: "*",
      actions: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
      resources: ["*"],
      conditions: { ArnNotLike: { "aws:PrincipalArn": props.breakGlassArns } },
    },
  ];
  if (userArns.length > 0) {
    statements.push({
      sid: "NamedRolesUse",
      effect: "Allow",
      principals: account(props.accountId),
      actions: useActions,
      resources: ["*"],
      conditions: { ArnLike: { "aws:PrincipalArn": userArns }, ...via },
    });
  }
  if (grantorArns.length > 0) {
    statements.push({
      sid: "NamedRolesAttachToAwsResources",
      effect: "Allow",
      principals: account(props.accountId),
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: {
        ArnLike: { "aws:PrincipalArn": grantorArns },
        Bool: { "kms:GrantIsForAWSResource": "true" },
        ...via,
      },
    });
  }
  if (props.validatorArns !== undefined && props.validatorArns.length > 0) {
    statements.push(validation(props, props.validatorArns));
  }
  return [...statements, ...(props.services ?? []).map((service) => serviceStatement(service, props))];
}

/**
 * Secrets Manager tries the key with the caller's rights when a secret gets one, even without a value. Its trial names
 * this version; every value has another, so nothing real is encrypted or read by it.
 */
function validation({ accountId, region }: KeyPolicyProps, roleArns: readonly string[]): ResourceStatement {
  return {
    sid: "NamedRolesMakeSecrets",
    effect: "Allow",
    principals: account(accountId),
    // No DescribeKey: it carries no encryption context, and the account's administrators have it.
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: ["*"],
    conditions: {
      ArnLike: { "aws:PrincipalArn": roleArns },
      StringEquals: {
        "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
        "kms:EncryptionContext:SecretVersionId": "RequestToValidateKeyAccess",
      },
    },
  };
}

/** What one service may do with the key, on behalf of this account only. */
function serviceStatement(service: ServicePrincipal, { accountId, region }: KeyPolicyProps): ResourceStatement {
  switch (service) {
    case "cloudwatch-logs":
      // The encryption context names the log group, hence the account; Logs sends no source account.
      return {
        sid: "CloudWatchLogsUses",
        effect: "Allow",
        principals: { services: [`logs.${region}.amazonaws.com`] },
        actions: useActions,
        resources: ["*"],
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*`,
          },
        },
      };
    case "cloudwatch-alarms":
      return {
        sid: "CloudWatchAlarmsPublish",
        effect: "Allow",
        principals: { services: ["cloudwatch.amazonaws.com"] },
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      };
    case "log-delivery":
      return {
        sid: "LogDeliveryWrites",
        effect: "Allow",
        principals: { services: ["delivery.logs.amazonaws.com"] },
        actions: useActions,
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      };
    default:
      return service satisfies never;
  }
}
