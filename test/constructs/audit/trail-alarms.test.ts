import { describe, expect, test } from "vitest";
import {
  bucketOpened,
  callsRefused,
  keyWeakened,
  networkChanged,
  recordOpened,
  rightsChanged,
  roleTaken,
  rootUsed,
  secretRefused,
  signInFailed,
  signInWithoutFactor,
  type TrailAlarm,
  trailChanged,
  watchersChanged,
} from "../../../constructs/audit/trail-alarms.ts";
import { matches } from "./filter-pattern.ts";

const role = "arn:aws:iam::111111111111:role/shop-break-glass";
const by = (userName: string) => ({
  userIdentity: { type: "AssumedRole", sessionContext: { sessionIssuer: { userName } } },
});
const call = (service: string, eventName: string, more: object = {}) => ({
  eventSource: `${service}.amazonaws.com`,
  eventName,
  eventType: "AwsApiCall",
  ...by("shop-break-glass"),
  ...more,
});
const signIn = (more: object) => ({
  eventName: "ConsoleLogin",
  userIdentity: { type: "IAMUser" },
  responseElements: { ConsoleLogin: "Success" },
  ...more,
});
const root = { userIdentity: { type: "Root" } };

describe("an alarm on the trail", () => {
  test.each<[string, TrailAlarm, object]>([
    ["the root user doing anything", rootUsed, call("s3", "ListBuckets", root)],
    [
      "the break-glass role being taken [NOD-5.4, BRK-24.5]",
      roleTaken("taken", role, "Taken"),
      call("sts", "AssumeRole", { requestParameters: { roleArn: role } }),
    ],
    [
      "a refused attempt at it",
      roleTaken("taken", role, "Taken"),
      // What is refused carries no parameters.
      call("sts", "AssumeRole", {
        requestParameters: null,
        errorCode: "AccessDenied",
        errorMessage: `User: x is not authorized to perform: sts:AssumeRole on resource: ${role}`,
      }),
    ],
    ["a key that is to be deleted", keyWeakened, call("kms", "ScheduleKeyDeletion")],
    ["a key that is disabled", keyWeakened, call("kms", "DisableKey")],
    ["a trail that is stopped", trailChanged, call("cloudtrail", "StopLogging")],
    ["a trail that records less", trailChanged, call("cloudtrail", "PutEventSelectors")],
    ["a recorder that is stopped", watchersChanged, call("config", "StopConfigurationRecorder")],
    ["a detector that is changed", watchersChanged, call("guardduty", "UpdateDetector")],
    ["a sign-in with a password alone", signInWithoutFactor, signIn({ additionalEventData: { MFAUsed: "No" } })],
    ["a sign-in that fails", signInFailed, signIn({ errorMessage: "Failed authentication" })],
    ["a call that is denied", callsRefused, call("s3", "GetObject", { errorCode: "AccessDenied" })],
    [
      "a call that EC2 denies",
      callsRefused,
      call("ec2", "RunInstances", { errorCode: "Client.UnauthorizedOperation" }),
    ],
    [
      "a secret that is refused [NOD-2.8]",
      secretRefused,
      call("secretsmanager", "GetSecretValue", { errorCode: "AccessDeniedException" }),
    ],
    ["a role made past the pipeline", rightsChanged("shop-apply"), call("iam", "CreateRole")],
    ["a role made by somebody who is in no role", rightsChanged("shop-apply"), call("iam", "PutRolePolicy", root)],
    ["a boundary lifted", rightsChanged("shop-apply"), call("iam", "DeleteRolePermissionsBoundary")],
    ["a firewall opened past the pipeline", networkChanged("shop-apply"), call("ec2", "AuthorizeSecurityGroupIngress")],
    ["a bucket opened past the pipeline", bucketOpened("shop-apply"), call("s3", "PutBucketPolicy")],
    [
      "a log bucket opened by the pipeline itself",
      recordOpened("shop-plt-"),
      call("s3", "PutBucketPolicy", { requestParameters: { bucketName: "shop-plt-trail" }, ...by("shop-apply") }),
    ],
    [
      "the account opened to the public by the pipeline itself",
      recordOpened("shop-plt-"),
      call("s3", "PutAccountPublicAccessBlock", by("shop-apply")),
    ],
  ])("sees %s", (_, { pattern }, event) => {
    expect(matches(pattern, event)).toBe(true);
  });

  test.each<[string, TrailAlarm, object]>([
    ["a service acting for the account", rootUsed, { ...root, eventType: "AwsServiceEvent" }],
    [
      "another service acting as the account",
      rootUsed,
      { userIdentity: { type: "Root", invokedBy: "x.amazonaws.com" }, eventType: "AwsApiCall" },
    ],
    [
      "another role",
      roleTaken("taken", role, "Taken"),
      call("sts", "AssumeRole", { requestParameters: { roleArn: "x" } }),
    ],
    ["a key in use", keyWeakened, call("kms", "Decrypt")],
    ["a trail that is read", trailChanged, call("cloudtrail", "LookupEvents")],
    ["a sign-in with a factor", signInWithoutFactor, signIn({ additionalEventData: { MFAUsed: "Yes" } })],
    ["a secret that is read", secretRefused, call("secretsmanager", "GetSecretValue")],
    ["the pipeline at its work", rightsChanged("shop-apply"), call("iam", "CreateRole", by("shop-apply"))],
    ["a role that AWS links to a service", rightsChanged("shop-apply"), call("iam", "CreateServiceLinkedRole")],
    ["the pipeline at firewalls", networkChanged("shop-apply"), call("ec2", "CreateRoute", by("shop-apply"))],
    ["the pipeline at buckets", bucketOpened("shop-apply"), call("s3", "PutBucketPolicy", by("shop-apply"))],
    [
      "the pipeline at a bucket of a service",
      recordOpened("shop-plt-"),
      call("s3", "PutBucketPolicy", { requestParameters: { bucketName: "shop-web-files" }, ...by("shop-apply") }),
    ],
  ])("does not mind %s", (_, { pattern }, event) => {
    expect(matches(pattern, event)).toBe(false);
  });
});
