import type { Statement } from "../policy-statement.ts";
import { isUnknown } from "../value.ts";
import { demanded, refersToOne } from "./conditions.ts";
import { allowsAction } from "./reach.ts";

/**
 * Actions by which their holder, or someone whom he can act for, gets more than he was given ("AWS IAM Privilege
 * Escalation", Rhino Security Labs and Bishop Fox; Service Authorization Reference, access level permissions management,
 * read 2026-11-22). Handing over roles is judged apart.
 */
const STRENGTHENING = [
  "ecr:SetRepositoryPolicy",
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreatePolicyVersion",
  "iam:CreateSAMLProvider",
  "iam:CreateServiceSpecificCredential",
  "iam:DeactivateMFADevice",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutGroupPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:ResetServiceSpecificCredential",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAccessKey",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "iam:UpdateSAMLProvider",
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "lambda:AddPermission",
  "lambda:UpdateFunctionCode",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "secretsmanager:PutResourcePolicy",
  "sns:SetTopicAttributes",
  "sqs:SetQueueAttributes",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
  "sts:AssumeRole",
];

/** Conditions under which such an action makes nobody stronger than its holder. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  iam: ["iam:permissionsboundary"],
  kms: ["kms:grantisforawsresource", "kms:granteeprincipal", "kms:grantconstrainttype"],
};

/** Strengthening actions that a statement allows, but for those that its conditions make harmless. */
export function strengtheningIn(statement: Statement): readonly string[] {
  const harmless = (service: string): boolean => {
    const keys = HARMLESS[service] ?? [];
    if (
      demanded(statement, ...keys).some(({ values }) =>
        values.every((each) => (isUnknown(each) ? refersToOne(each) : !/^\*+$/.test(each))),
      )
    )
      return true;
    return statement.conditions.some(
      ({ operator, key, values }) =>
        operator === "Bool" && keys.includes(key) && values.every((each) => each === "true"),
    );
  };
  return STRENGTHENING.filter(
    (action) => allowsAction(statement.actions, action) && !harmless(action.split(":", 1)[0] ?? ""),
  );
}
