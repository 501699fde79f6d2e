import { account, type ResourceStatement } from "../identity/resource-policy.ts";
import { through, type UsingService, useActions, viaService } from "./key-use.ts";
import { type ServicePrincipal, serviceStatement } from "./service-statement.ts";

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
  /** Other regions whose services use it too, such as one that copies backups to here; default none. */
  readonly otherRegions?: readonly string[];
  /** ARN patterns of roles that make volumes, file systems and databases under the key, hence also use it; default none. */
  readonly grantorArns?: readonly string[];
  /**
   * ARN patterns of roles that hand the key's use to EKS or ECR, when they make a cluster or a repository, and have none
   * of it themselves; default none. Not "for a resource of AWS", which EKS does not say.
   */
  readonly delegatorArns?: readonly string[];
  /** ARN patterns of roles that may make secrets under the key and read none of them; default none. */
  readonly validatorArns?: readonly string[];
  /** A service through which everyone of the account uses the key whom it serves, as its AWS managed key would be; default none. */
  readonly everyoneThrough?: UsingService;
  /** Services that encrypt on their own; default none. */
  readonly services?: readonly ServicePrincipal[];
  /** ARN patterns of the only roles that may delete or disable the key: with it goes everything it encrypts. */
  readonly breakGlassArns: readonly string[];
  /** Whether the key may be replicated to another region; default false. */
  readonly multiRegion?: boolean;
}

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
  const { usedThrough } = props;
  const via = usedThrough === "direct" ? {} : through([props.region, ...(props.otherRegions ?? [])], ...usedThrough);
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
  const delegatorArns = props.delegatorArns ?? [];
  if (delegatorArns.length > 0) {
    statements.push({
      sid: "NamedRolesDelegateToAws",
      effect: "Allow",
      principals: account(props.accountId),
      actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
      resources: ["*"],
      conditions: { ArnLike: { "aws:PrincipalArn": delegatorArns }, ...via },
    });
  }
  if (props.validatorArns !== undefined && props.validatorArns.length > 0) {
    statements.push(validation(props, props.validatorArns));
  }
  if (props.everyoneThrough !== undefined) {
    statements.push(...everyone(props, props.everyoneThrough));
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
        "kms:ViaService": viaService("secretsmanager", region),
        "kms:EncryptionContext:SecretVersionId": "RequestToValidateKeyAccess",
      },
    },
  };
}

/**
 * What the AWS managed key of a service says: whoever may make a volume may do so under this key, without naming it in a
 * policy of his own. A default key that fewer could use would keep instances of AWS's own making from starting.
 */
function everyone({ accountId, region }: KeyPolicyProps, service: UsingService): readonly ResourceStatement[] {
  const common = { effect: "Allow", principals: { aws: ["*"] }, resources: ["*"] } as const;
  const served = { "kms:CallerAccount": accountId, "kms:ViaService": viaService(service, region) };
  return [
    { sid: "AccountUses", ...common, actions: useActions, conditions: { StringEquals: served } },
    {
      sid: "AccountAttachesToAwsResources",
      ...common,
      actions: ["kms:CreateGrant"],
      conditions: { StringEquals: served, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
