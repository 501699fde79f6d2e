import type { JsonObject } from "../json.ts";

/** Something that must be noticed when it happens, as AWS tells it. */
export interface GraveEvent {
  /** `kms.amazonaws.com ScheduleKeyDeletion by a person`. */
  readonly name: string;
  readonly told: JsonObject;
}

/** A person with a role of his own, as anybody who is no pipeline. */
const person = {
  type: "AssumedRole",
  arn: "arn:aws:sts::111111111111:assumed-role/somebody/session",
  sessionContext: { sessionIssuer: { type: "Role", userName: "somebody" } },
};

/** Calls of each service that open, weaken or blind something. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  "cloudtrail.amazonaws.com": ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
  "config.amazonaws.com": ["StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel"],
  "ec2.amazonaws.com": [
    ...["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "ModifySecurityGroupRules"],
    ...["CreateNetworkAclEntry", "DeleteNetworkAclEntry", "ReplaceNetworkAclAssociation", "ReplaceNetworkAclEntry"],
    ...["CreateRoute", "DeleteRoute", "ReplaceRoute", "ReplaceRouteTableAssociation"],
    ...["AttachInternetGateway", "CreateVpcPeeringConnection", "DeleteFlowLogs"],
  ],
  "guardduty.amazonaws.com": ["DeleteDetector", "UpdateDetector", "CreateFilter"],
  "iam.amazonaws.com": [
    ...["CreateUser", "CreateAccessKey", "CreateLoginProfile", "CreateRole", "CreatePolicyVersion"],
    ...["AttachRolePolicy", "AttachUserPolicy", "PutRolePolicy", "PutUserPolicy", "SetDefaultPolicyVersion"],
    ...[
      "UpdateAssumeRolePolicy",
      "DeleteRolePermissionsBoundary",
      "CreateOpenIDConnectProvider",
      "DeactivateMFADevice",
    ],
  ],
  "kms.amazonaws.com": ["ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy"],
  "s3.amazonaws.com": [
    ...["PutBucketPolicy", "DeleteBucketPolicy", "PutBucketAcl", "PutBucketPublicAccessBlock"],
    ...["PutAccountPublicAccessBlock", "PutBucketVersioning", "PutBucketReplication", "PutBucketLifecycle"],
  ],
  "securityhub.amazonaws.com": ["DisableSecurityHub", "BatchDisableStandards"],
};

/**
 * Records of a trail, each of which is told of at once: what the benchmark of the Center for Internet Security has alarms for
 * (AWS Foundations 3.0.0, section 4), call by call.
 */
export const graveCalls: readonly GraveEvent[] = [
  ...Object.entries(CALLS).flatMap(([eventSource, names]) =>
    names.map((eventName) => ({
      name: `${eventSource} ${eventName} by a person`,
      told: {
        ...{ eventSource, eventName, eventType: "AwsApiCall", userIdentity: person },
        requestParameters: { bucketName: "somebodys-bucket" },
      },
    })),
  ),
  {
    name: "a call of the account's root user",
    told: {
      ...{ eventSource: "ec2.amazonaws.com", eventName: "DescribeInstances", eventType: "AwsApiCall" },
      userIdentity: { type: "Root" },
    },
  },
  {
    name: "a sign-in of a user without a second factor",
    told: {
      ...{ eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin", eventType: "AwsConsoleSignIn" },
      userIdentity: { type: "IAMUser", userName: "somebody" },
      additionalEventData: { MFAUsed: "No" },
      responseElements: { ConsoleLogin: "Success" },
    },
  },
];

/** A role of the account that somebody takes. */
export const takenRole = (account: string, name: string): GraveEvent => ({
  name: `somebody who takes the role ${name}`,
  told: {
    ...{ eventSource: "sts.amazonaws.com", eventName: "AssumeRole", eventType: "AwsApiCall", userIdentity: person },
    requestParameters: { roleArn: `arn:aws:iam::${account}:role/${name}` },
  },
});

/** What a service tells by EventBridge, and types of resources with which it has something to tell. */
export interface ToldEvent extends GraveEvent {
  readonly types: readonly string[];
}

export const graveEvents: readonly ToldEvent[] = [
  {
    name: "a threat that GuardDuty finds",
    types: ["aws_guardduty_detector"],
    told: { source: "aws.guardduty", "detail-type": "GuardDuty Finding", detail: { severity: 8 } },
  },
  {
    name: "a critical control of Security Hub that fails",
    types: ["aws_securityhub_account"],
    told: {
      source: "aws.securityhub",
      "detail-type": "Security Hub Findings - Imported",
      detail: {
        findings: [
          {
            ProductArn: "arn:aws:securityhub:eu-central-1::product/aws/securityhub",
            Compliance: { Status: "FAILED" },
            Severity: { Label: "CRITICAL" },
            RecordState: "ACTIVE",
            Workflow: { Status: "NEW" },
          },
        ],
      },
    },
  },
  {
    name: "something that outsiders reach",
    types: ["aws_accessanalyzer_analyzer"],
    told: { source: "aws.access-analyzer", "detail-type": "Access Analyzer Finding", detail: { status: "ACTIVE" } },
  },
  {
    name: "a backup that fails",
    types: ["aws_backup_plan"],
    told: { source: "aws.backup", "detail-type": "Backup Job State Change", detail: { state: "FAILED" } },
  },
  {
    name: "a copy of a backup that fails",
    types: ["aws_backup_plan"],
    told: { source: "aws.backup", "detail-type": "Copy Job State Change", detail: { state: "FAILED" } },
  },
  {
    name: "a certificate that nobody renews",
    types: ["aws_acm_certificate"],
    told: {
      source: "aws.acm",
      "detail-type": "ACM Certificate Approaching Expiration",
      detail: { DaysToExpiry: 30 },
    },
  },
  {
    name: "a revocation list that is not published",
    types: ["aws_acmpca_certificate_authority"],
    told: { source: "aws.acm-pca", "detail-type": "ACM Private CA CRL Generation", detail: { result: "failure" } },
  },
  {
    name: "a secret that is deleted",
    types: ["aws_secretsmanager_secret"],
    told: {
      source: "aws.secretsmanager",
      "detail-type": "AWS API Call via CloudTrail",
      detail: { eventSource: "secretsmanager.amazonaws.com", eventName: "DeleteSecret" },
    },
  },
];
