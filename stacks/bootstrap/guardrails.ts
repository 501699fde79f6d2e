import { bucketArn } from "../../constructs/data/private-bucket.ts";
import type { Denial } from "../../constructs/identity/policy-document.ts";
import {
  administrativeRole,
  administrativeRoleKinds,
  auditExportBucketName,
  bucketName,
  PLATFORM,
} from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { logBucketName } from "../audit/buckets.ts";
import { recordGroupName } from "../audit/log-groups.ts";
import { boundaryArn, stateLocation } from "../stack.ts";
import { onlyBoundedIdentities, onlyMailUsers } from "./identities.ts";

/**
 * What no role within the boundary does, whatever its policies allow: lift locks, take away keys, backups or logs, end
 * the record, make people, or make or take a role outside the boundary. Within it are the roles of the pipeline and of
 * people, `break-glass` aside, and every role that the pipeline makes: a role made by a stolen token can do no more than
 * the token. Where everything is declared deletable, locks, keys, stores and the record are no exception.
 *
 * What this leaves to the reviewers of the GitHub environment: `apply` may still change what it has to be able to make
 * (a trail's selectors, a policy of a key or of a bucket without lock, the account's public access block), and a role it
 * makes may read what `apply` itself may not, such as a secret. The audit stack's alarms tell of the first within minutes.
 *
 * What this cannot bind: roles AWS links to its services, whose policies AWS writes and only the service can take;
 * the root user and break-glass, which only a service control policy of the organization can.
 */
export function boundaryDenials(environment: Environment): readonly Denial[] {
  return [
    ...(environment.unprotected === undefined
      ? [keepsLocks, keepsKeys, keepsStores(environment), keepsLogGroups(environment), keepsTheRecord, keepsTheBaseline]
      : []),
    keepsTheAccount,
    ...onlyBoundedIdentities(environment),
    ...onlyMailUsers(environment),
    {
      sid: "KeepsTheBoundary",
      actions: [
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
      ],
      resources: [boundaryArn(environment)],
    },
    {
      sid: "KeepsAdministrators",
      actions: [
        "iam:AttachRolePolicy",
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
      resources: administrativeRoleKinds.map((role) => administrativeRole(environment, role)),
    },
  ];
}

/** What the pipeline does not do itself, and roles it makes must: applications read their secrets. */
export const applyDenials: readonly Denial[] = [
  { sid: "ReadsNoSecrets", actions: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"] },
];

const keepsLocks: Denial = {
  sid: "KeepsLocks",
  actions: [
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteRecoveryPoint",
    "backup:DisassociateRecoveryPoint",
    "backup:UpdateRecoveryPointLifecycle",
    "s3:BypassGovernanceRetention",
    "s3:PutObjectLegalHold",
    "s3:PutObjectRetention",
  ],
};

const keepsKeys: Denial = { sid: "KeepsKeys", actions: ["kms:DisableKey", "kms:ScheduleKeyDeletion"] };

/** A marker may be set on an object, as pgBackRest does; what is behind it stays. */
const keepsStores = (environment: Environment): Denial => {
  const buckets = [
    bucketName(environment, "*", "vault-*"),
    // Also the copy's in the second region.
    bucketName(environment, PLATFORM, "*-logs"),
    logBucketName(environment, "web-acl"),
    auditExportBucketName(environment),
    stateLocation(environment).bucket,
  ].map(bucketArn);
  return {
    sid: "KeepsBackupsAndLogs",
    actions: ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion"],
    resources: buckets.flatMap((bucket) => [bucket, `${bucket}/*`]),
  };
};

const keepsLogGroups = (environment: Environment): Denial => ({
  sid: "KeepsLogGroups",
  actions: ["logs:DeleteLogGroup", "logs:DeleteLogStream"],
  resources: (["sessions", "trail"] as const).flatMap((kind) => {
    const group = `arn:aws:logs:${environment.region}:${environment.account}:log-group:${recordGroupName(environment, kind)}`;
    return [group, `${group}:*`];
  }),
});

/** What no environment's pipeline has to do with. */
const keepsTheAccount: Denial = {
  sid: "KeepsTheAccount",
  actions: ["account:CloseAccount", "ec2:EnableSerialConsoleAccess", "organizations:LeaveOrganization"],
};

const keepsTheRecord: Denial = {
  sid: "KeepsTheRecord",
  actions: [
    "access-analyzer:DeleteAnalyzer",
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:StopConfigurationRecorder",
    "guardduty:DeleteDetector",
    "securityhub:DisableSecurityHub",
  ],
};

/** What the audit stack turns on for the whole account, and nothing needs turned off. */
const keepsTheBaseline: Denial = {
  sid: "KeepsTheBaseline",
  actions: [
    "ec2:DisableEbsEncryptionByDefault",
    "ec2:DisableImageBlockPublicAccess",
    "ec2:DisableSnapshotBlockPublicAccess",
    "iam:DeleteAccountPasswordPolicy",
  ],
};
