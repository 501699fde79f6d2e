import type { App } from "cdktf";
import { AccountBaseline } from "../constructs/audit/account-baseline.ts";
import { LogBucket } from "../constructs/audit/log-bucket.ts";
import { LogGroup } from "../constructs/audit/log-group.ts";
import { SessionPreferences } from "../constructs/audit/session-preferences.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole, PLATFORM, resourceName } from "../services/names.ts";
import { type Estate, hostRoles } from "../services/resolve.ts";
import { inDays } from "../services/schema/units.ts";
import { logBucketName } from "./audit/buckets.ts";
import { makeAuditExports } from "./audit/exports.ts";
import { recordGroupName } from "./audit/log-groups.ts";
import { makeRecord } from "./audit/record.ts";
import { sessionKeyAlias } from "./audit/sessions.ts";
import { makeWatch } from "./audit/watch.ts";
import { exported } from "./outputs.ts";
import { deletable, guardians, newStack, type StackIdentity } from "./stack.ts";

/**
 * Where logs of the platform itself end: access logs, deliveries, and the key they are encrypted with; the record of
 * sessions on hosts, which take the place of SSH; the record of all calls and configurations, and who is told of what it
 * shows; what holds for the whole account; and where applications put proofs of their own audit trails.
 */
export function auditStack(app: App, estate: Estate) {
  const { environment, services } = estate;
  const identity: StackIdentity = { environment, name: "audit", owner: "platform", data: "confidential" };
  const stack = newStack(app, identity);
  const breakGlassArns = guardians(environment);
  const common = {
    accountId: environment.account,
    retentionDays: inDays(environment.logs.archive),
    breakGlassArns,
    ...deletable(environment),
  };
  const key = new EncryptionKey(stack, "logs-key", {
    aliasName: resourceName(environment, PLATFORM, "logs"),
    description: "Logs of the platform",
    region: environment.region,
    userArns: [administrativeRole(environment, "operator"), administrativeRole(environment, "break-glass")],
    usedThrough: "direct",
    services: ["cloudwatch-logs", "log-delivery"],
    ...common,
  });
  // Load balancers and S3 refuse to write under a customer key or a lock.
  const access = new LogBucket(stack, "access-logs", {
    kind: "access",
    bucketName: logBucketName(environment, "access"),
    ...common,
  });
  const delivery = {
    kind: "delivery",
    kmsKeyArn: key.arn,
    accessLogBucketName: access.bucketName,
    ...common,
  } as const;
  const flows = new LogBucket(stack, "network-logs", {
    bucketName: logBucketName(environment, "network"),
    ...delivery,
  });
  const webAcl = new LogBucket(stack, "web-acl-logs", {
    bucketName: logBucketName(environment, "web-acl"),
    ...delivery,
  });
  // Hosts use it directly, so it is not the key of the logs: they would read those with it.
  const sessionKey = new EncryptionKey(stack, "sessions-key", {
    aliasName: sessionKeyAlias(environment),
    description: "Sessions on hosts, between person and host",
    region: environment.region,
    userArns: [
      administrativeRole(environment, "operator"),
      administrativeRole(environment, "break-glass"),
      ...hostRoles(services),
    ],
    usedThrough: "direct",
    ...common,
  });
  const sessions = new LogGroup(stack, "sessions", {
    name: recordGroupName(environment, "sessions"),
    kmsKeyArn: key.arn,
    retentionDays: inDays(environment.logs.archive),
    ...deletable(environment),
  });
  new SessionPreferences(stack, "sessions-preferences", { logGroup: sessions, kmsKeyArn: sessionKey.arn });
  makeWatch(stack, environment, makeRecord(stack, estate, access.bucketName));
  new AccountBaseline(stack, "account", {
    accountId: environment.account,
    region: environment.region,
    volumeKeyArn: new EncryptionKey(stack, "volumes-key", {
      aliasName: resourceName(environment, PLATFORM, "volumes"),
      description: "Volumes that name no key of their own",
      region: environment.region,
      userArns: [],
      usedThrough: ["ec2"],
      everyoneThrough: "ec2",
      ...common,
    }).arn,
  });
  return exported(stack, environment, "audit", {
    accessLogBucket: access.bucketName,
    networkLogBucket: flows.bucketName,
    networkLogBucketArn: flows.arn,
    webAclLogBucketArn: webAcl.arn,
    logsKeyArn: key.arn,
    sessionKeyArn: sessionKey.arn,
    sessionLogGroupArn: sessions.arn,
    auditExportKeyArn: makeAuditExports(stack, estate, access.bucketName),
  });
}
