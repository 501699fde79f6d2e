import type { Denial } from "../../constructs/identity/policy-document.ts";
import { MAIL_PATH } from "../../constructs/mail/mail-sender.ts";
import { resourceName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { boundaryArn } from "../stack.ts";

/**
 * Nothing that makes an identity stronger than the boundary: roles and users get it at birth and keep it, and get
 * policies only while they carry it. IAM knows the boundary of a role when policies are put on it, but neither when its
 * trust is changed nor when it is passed to a service or taken: there the name decides, for all roles of ours are made
 * with the environment's three letters, and roles that stood in the account before are not.
 *
 * An instance profile is no way around: putting a role into one needs `iam:PassRole` on that role.
 */
export const onlyBoundedIdentities = (environment: Environment): readonly Denial[] => {
  const own = (kind: "policy" | "role") =>
    `arn:aws:iam::${environment.account}:${kind}/${resourceName(environment, "*")}`;
  return [
    {
      sid: "OnlyWithinTheBoundary",
      actions: [
        "iam:AttachRolePolicy",
        "iam:AttachUserPolicy",
        "iam:CreateRole",
        "iam:CreateUser",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:PutUserPermissionsBoundary",
        "iam:PutUserPolicy",
      ],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": [boundaryArn(environment)] } },
    },
    {
      sid: "KeepsBoundaries",
      actions: ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
    },
    {
      sid: "OnlyOwnRoles",
      actions: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PassRole",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "sts:AssumeRole",
      ],
      // Config and others are handed the role that AWS links to them.
      exceptResources: [own("role"), `arn:aws:iam::${environment.account}:role/aws-service-role/*`],
    },
    {
      sid: "OnlyOwnPolicies",
      actions: [
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
      ],
      exceptResources: [own("policy")],
    },
  ];
};

/**
 * No way for a person to get in: no users but senders of mail, under a path of their own, and for those no keys; a
 * person with the break-glass role makes a sender's key. No identity provider, no group.
 */
export const onlyMailUsers = (environment: Environment): readonly Denial[] => [
  {
    sid: "OnlyMailUsers",
    actions: [
      "iam:AttachUserPolicy",
      "iam:CreateUser",
      "iam:DeleteUser",
      "iam:DeleteUserPolicy",
      "iam:DetachUserPolicy",
      "iam:PutUserPermissionsBoundary",
      "iam:PutUserPolicy",
    ],
    exceptResources: [`arn:aws:iam::${environment.account}:user${MAIL_PATH}*`],
  },
  {
    sid: "MakesNoPeople",
    actions: [
      "iam:AddClientIDToOpenIDConnectProvider",
      "iam:AddUserToGroup",
      "iam:AttachGroupPolicy",
      "iam:CreateAccessKey",
      "iam:CreateGroup",
      "iam:CreateLoginProfile",
      "iam:CreateOpenIDConnectProvider",
      "iam:CreateSAMLProvider",
      "iam:CreateServiceSpecificCredential",
      "iam:CreateVirtualMFADevice",
      "iam:DeactivateMFADevice",
      "iam:DeleteOpenIDConnectProvider",
      "iam:DeleteVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:PutGroupPolicy",
      "iam:ResetServiceSpecificCredential",
      "iam:UpdateAccessKey",
      "iam:UpdateLoginProfile",
      "iam:UpdateOpenIDConnectProviderThumbprint",
      "iam:UpdateSAMLProvider",
      "iam:UpdateUser",
      "iam:UploadSSHPublicKey",
      "iam:UploadSigningCertificate",
    ],
  },
];
