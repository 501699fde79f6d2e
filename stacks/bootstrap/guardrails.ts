import type { Denial } from "../../constructs/identity/policy-document.ts";
import { type AdministrativeRole, administrativeRole } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";

const roles: readonly AdministrativeRole[] = ["apply", "plan", "publish", "operator", "restore", "break-glass"];

/**
 * What the pipeline never does, although it is administrator: lift locks, end the trail, read secrets, make people, or
 * change who holds these roles; a person with the break-glass role does. Where everything is declared deletable, locks
 * and keys are no exception.
 *
 * This stops accidents and the short way of a stolen token. It does not stop one who makes himself another
 * administrator first: the reviewers of the GitHub environment do, and a service control policy of the organization
 * can, which an account cannot give itself.
 */
export function applyDenials(environment: Environment, githubProviderArn: string): readonly Denial[] {
  const administrators = roles.map((role) => administrativeRole(environment, role));
  return [
    ...(environment.unprotected === undefined ? [keepsLocks, keepsKeys] : []),
    {
      sid: "KeepsTheRecord",
      actions: [
        "access-analyzer:DeleteAnalyzer",
        "account:CloseAccount",
        "cloudtrail:DeleteTrail",
        "cloudtrail:StopLogging",
        "config:DeleteConfigurationRecorder",
        "config:DeleteDeliveryChannel",
        "config:StopConfigurationRecorder",
        "guardduty:DeleteDetector",
        "organizations:LeaveOrganization",
        "securityhub:DisableSecurityHub",
      ],
    },
    { sid: "ReadsNoSecrets", actions: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"] },
    {
      sid: "MakesNoPeople",
      actions: [
        "iam:CreateAccessKey",
        "iam:CreateLoginProfile",
        "iam:CreateUser",
        "iam:CreateVirtualMFADevice",
        "iam:DeactivateMFADevice",
        "iam:DeleteVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:UpdateLoginProfile",
      ],
    },
    {
      sid: "KeepsAdministrators",
      actions: [
        "iam:AttachRolePolicy",
        "iam:DeleteRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
      ],
      resources: administrators,
    },
    {
      sid: "KeepsTheIdentityProvider",
      actions: [
        "iam:AddClientIDToOpenIDConnectProvider",
        "iam:DeleteOpenIDConnectProvider",
        "iam:UpdateOpenIDConnectProviderThumbprint",
      ],
      resources: [githubProviderArn],
    },
  ];
}

const keepsLocks: Denial = {
  sid: "KeepsLocks",
  actions: [
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteRecoveryPoint",
    "backup:UpdateRecoveryPointLifecycle",
    "s3:BypassGovernanceRetention",
    "s3:PutObjectLegalHold",
    "s3:PutObjectRetention",
  ],
};

const keepsKeys: Denial = { sid: "KeepsKeys", actions: ["kms:DisableKey", "kms:ScheduleKeyDeletion"] };
