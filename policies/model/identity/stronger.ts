import type { Statement } from "../policy-statement.ts";
import { isUnknown } from "../value.ts";
import { demanded, refersToOne } from "./conditions.ts";
import { allowsAction } from "./reach.ts";

/**
 * Actions by which their holder, someone whom he can act for, or a stranger gets more than he was given: by a policy, a
 * grant or a share, or since a denial or a block goes ("AWS IAM Privilege Escalation", Rhino Security Labs and Bishop Fox;
 * Service Authorization Reference, access level permissions management, contents as of September 2026, read 2026-11-22).
 * Handing over roles is judged apart.
 */
const STRENGTHENING = [
  "acm-pca:CreatePermission",
  "acm-pca:PutPolicy",
  "backup:PutBackupVaultAccessPolicy",
  "backup:PutBackupVaultSharingPolicy",
  "cloudformation:CreateChangeSet",
  "cloudformation:UpdateStack",
  "codebuild:PutResourcePolicy",
  "codebuild:UpdateProject",
  "dynamodb:PutResourcePolicy",
  "ec2:DisableImageBlockPublicAccess",
  "ec2:DisableSnapshotBlockPublicAccess",
  "ec2:ModifyImageAttribute",
  "ec2:ModifySnapshotAttribute",
  "ec2:ModifyVpcEndpointServicePermissions",
  "ec2:PutResourcePolicy",
  "ecr:PutRegistryPolicy",
  "ecr:SetRepositoryPolicy",
  "eks:AssociateAccessPolicy",
  "eks:CreateAccessEntry",
  "eks:UpdateAccessEntry",
  "elasticfilesystem:DeleteFileSystemPolicy",
  "elasticfilesystem:PutFileSystemPolicy",
  "events:PutPermission",
  "events:PutResourcePolicy",
  "glue:PutResourcePolicy",
  "glue:UpdateJob",
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
  "iam:DeleteGroupPolicy",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DeleteUserPermissionsBoundary",
  "iam:DeleteUserPolicy",
  "iam:DetachGroupPolicy",
  "iam:DetachRolePolicy",
  "iam:DetachUserPolicy",
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
  "lakeformation:GrantPermissions",
  "lakeformation:PutDataLakeSettings",
  "lambda:AddLayerVersionPermission",
  "lambda:AddPermission",
  "lambda:PutResourcePolicy",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "logs:PutResourcePolicy",
  "organizations:DetachPolicy",
  "organizations:PutResourcePolicy",
  "organizations:UpdatePolicy",
  "ram:AssociateResourceShare",
  "ram:CreateResourceShare",
  "rds:ModifyDBClusterSnapshotAttribute",
  "rds:ModifyDBSnapshotAttribute",
  "rolesanywhere:CreateTrustAnchor",
  "rolesanywhere:UpdateProfile",
  "s3:CreateAccessGrant",
  "s3:DeleteBucketPolicy",
  "s3:PutAccessGrantsInstanceResourcePolicy",
  "s3:PutAccessPointPolicy",
  "s3:PutAccessPointPublicAccessBlock",
  "s3:PutAccountPublicAccessBlock",
  "s3:PutBucketAcl",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutMultiRegionAccessPointPolicy",
  "s3:PutObjectAcl",
  "s3:PutObjectVersionAcl",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
  "secretsmanager:DeleteResourcePolicy",
  "secretsmanager:PutResourcePolicy",
  "sns:AddPermission",
  "sns:SetTopicAttributes",
  "sqs:AddPermission",
  "sqs:SetQueueAttributes",
  "ssm:ModifyDocumentPermission",
  "ssm:PutResourcePolicy",
  "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:CreateAccountAssignment",
  "sso:DeletePermissionsBoundaryFromPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
  "sso:PutPermissionsBoundaryToPermissionSet",
  "states:UpdateStateMachine",
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
