/** What a trail tells people of at once: a pattern over its events, and when it is worth a message. */
export interface TrailAlarm {
  /** Of metric and alarm, unique in the account. */
  readonly name: string;
  /** What happened, for the person who is told. */
  readonly summary: string;
  /** In the filter language of CloudWatch Logs for JSON. */
  readonly pattern: string;
  /** So many events within five minutes; default one event. */
  readonly atLeast?: number;
}

const anyOf = (field: string, values: readonly string[]): string =>
  `(${values.map((value) => `($.${field} = "${value}")`).join(" || ")})`;
const calls = (service: string, names: readonly string[]): string =>
  `(($.eventSource = "${service}.amazonaws.com") && ${anyOf("eventName", names)})`;

/** True for calls in any other role; a comparison with a field that is missing is false, so that is asked apart. */
const notBy = (roleName: string): string => {
  const field = "$.userIdentity.sessionContext.sessionIssuer.userName";
  return `((${field} NOT EXISTS) || (${field} != "${roleName}"))`;
};

/** The root user did anything at all; services acting for the account do not count. */
export const rootUsed: TrailAlarm = {
  name: "root-used",
  summary: "The root user of the account was used",
  pattern:
    '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
};

/**
 * Somebody took a role, or tried to; also by a chain of roles or in a console. A refused call carries no parameters: its
 * message names the role.
 */
export const roleTaken = (name: string, roleArn: string, summary: string): TrailAlarm => ({
  name,
  summary,
  pattern: `{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRole*") && (($.requestParameters.roleArn = "${roleArn}") || ($.errorMessage = "*${roleArn}*")) }`,
});

/** A key is disabled or will be deleted, or other people may use it from now on. */
export const keyWeakened: TrailAlarm = {
  name: "key-weakened",
  summary: "A key was disabled, scheduled for deletion, or given another policy",
  pattern: `{ ${calls("kms", ["DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"])} }`,
};

/** The trail records less, or elsewhere. */
export const trailChanged: TrailAlarm = {
  name: "trail-changed",
  summary: "The trail was changed or stopped",
  pattern: `{ ${calls("cloudtrail", ["CreateTrail", "DeleteTrail", "PutEventSelectors", "PutInsightSelectors", "StopLogging", "UpdateTrail"])} }`,
};

/** What watches the account sees less. */
export const watchersChanged: TrailAlarm = {
  name: "watchers-changed",
  summary: "Config, GuardDuty, Security Hub or Access Analyzer was changed or stopped",
  pattern: `{ ${[
    calls("config", [
      "DeleteConfigurationRecorder",
      "DeleteDeliveryChannel",
      "PutConfigurationRecorder",
      "PutDeliveryChannel",
      "StopConfigurationRecorder",
    ]),
    calls("guardduty", ["CreateFilter", "DeleteDetector", "UpdateDetector", "UpdateFilter"]),
    calls("securityhub", ["BatchDisableStandards", "DisableSecurityHub"]),
    calls("access-analyzer", ["CreateArchiveRule", "DeleteAnalyzer"]),
  ].join(" || ")} }`,
};

/** Someone signed in with a password alone. */
export const signInWithoutFactor: TrailAlarm = {
  name: "sign-in-without-factor",
  summary: "Somebody signed in to the console without a second factor",
  pattern:
    '{ ($.eventName = "ConsoleLogin") && ($.userIdentity.type = "IAMUser") && ($.additionalEventData.MFAUsed != "Yes") && ($.responseElements.ConsoleLogin = "Success") }',
};

export const signInFailed: TrailAlarm = {
  name: "sign-in-failed",
  summary: "Sign-ins to the console failed again and again",
  pattern: '{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }',
  atLeast: 3,
};

/** Refusals by the dozen are a search for a way in; single ones are everyday. */
export const callsRefused: TrailAlarm = {
  name: "calls-refused",
  summary: "Many calls to AWS were refused",
  pattern: '{ ($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation") }',
  atLeast: 50,
};

/** Whoever needs a secret may read it: a refusal is a stranger, or a deployment gone wrong (NOD-2.8). */
export const secretRefused: TrailAlarm = {
  name: "secret-refused",
  summary: "Somebody was refused the value of a secret",
  pattern: `{ ${calls("secretsmanager", ["BatchGetSecretValue", "GetSecretValue"])} && ($.errorCode = "AccessDenied*") }`,
};

/** Rights changed past the pipeline, whose own changes are reviewed and bounded. */
export const rightsChanged = (pipelineRole: string): TrailAlarm => ({
  name: "rights-changed",
  summary: "Roles, users or policies were changed past the pipeline",
  // Not every call that creates: AWS makes linked roles and instance profiles by itself.
  pattern: `{ ${calls("iam", [
    "AddUserToGroup",
    "Attach*",
    "CreateAccessKey",
    "CreateLoginProfile",
    "CreateOpenIDConnectProvider",
    "CreatePolicyVersion",
    "CreateRole",
    "CreateSAMLProvider",
    "CreateUser",
    "DeactivateMFADevice",
    "DeleteRoleP*",
    "Detach*",
    "Put*",
    "SetDefaultPolicyVersion",
    "Update*",
  ])} && ${notBy(pipelineRole)} }`,
});

/** Who reaches what changed past the pipeline; AWS makes and removes nodes and load balancers by other calls. */
export const networkChanged = (pipelineRole: string): TrailAlarm => ({
  name: "network-changed",
  summary: "Firewalls, routes or gateways were changed past the pipeline",
  pattern: `{ ${calls("ec2", [
    "AttachInternetGateway",
    "AuthorizeSecurityGroup*",
    "CreateNetworkAclEntry",
    "CreateRoute",
    "CreateVpcPeeringConnection",
    "DeleteFlowLogs",
    "DeleteNetworkAclEntry",
    "DeleteRoute",
    "ModifySecurityGroupRules",
    "ReplaceNetworkAcl*",
    "ReplaceRoute*",
  ])} && ${notBy(pipelineRole)} }`,
});

/** Who reads or deletes the platform's own buckets changed, or what the account keeps from the public: by whomever. */
export const recordOpened = (bucketPrefix: string): TrailAlarm => ({
  name: "record-opened",
  summary: "A bucket of the platform, logs and states among them, or the account's public access block was changed",
  pattern: `{ ($.eventSource = "s3.amazonaws.com") && (($.eventName = "PutAccountPublicAccessBlock") || (${anyOf(
    "eventName",
    ["DeleteBucketPolicy", "PutBucketLifecycle*", "PutBucketPolicy", "PutBucketPublicAccessBlock"],
  )} && ($.requestParameters.bucketName = "${bucketPrefix}*"))) }`,
});

/** Who reads or deletes data changed past the pipeline. */
export const bucketOpened = (pipelineRole: string): TrailAlarm => ({
  name: "bucket-opened",
  summary: "A bucket's policy, lock, lifecycle or public access was changed past the pipeline",
  pattern: `{ ${calls("s3", [
    "DeleteBucketPolicy",
    "PutAccountPublicAccessBlock",
    "PutBucketAcl",
    "PutBucketLifecycle*",
    "PutBucketObjectLockConfiguration",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
    "PutBucketReplication",
    "PutBucketVersioning",
  ])} && ${notBy(pipelineRole)} }`,
});
