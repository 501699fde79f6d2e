import type { App } from "cdktf";
import { LogBucket } from "../constructs/audit/log-bucket.ts";
import { LogGroup } from "../constructs/audit/log-group.ts";
import { SessionPreferences } from "../constructs/audit/session-preferences.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole, bucketName, PLATFORM, resourceName } from "../services/names.ts";
import { type Estate, hostRoles } from "../services/resolve.ts";
import type { Environment } from "../services/schema/environment.ts";
import { inDays } from "../services/schema/units.ts";
import { exported } from "./outputs.ts";
import { deletable, guardians, newStack, type StackIdentity } from "./stack.ts";

/** WAF accepts only buckets whose name starts so. */
export const webAclLogBucketName = (environment: Environment): string =>
  `aws-waf-logs-${bucketName(environment, PLATFORM, "web")}`;

/** Alias of the key that sessions on hosts are encrypted with; the operator's role knows the key by it. */
export const sessionKeyAlias = (environment: Environment): string => resourceName(environment, PLATFORM, "sessions");

/**
 * Where logs of the platform itself end: access logs, deliveries, and the key they are encrypted with; and the record of
 * sessions on hosts, which take the place of SSH.
 */
export function auditStack(app: App, { environment, services }: Estate) {
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
    bucketName: bucketName(environment, PLATFORM, "access-logs"),
    ...common,
  });
  const delivery = {
    kind: "delivery",
    kmsKeyArn: key.arn,
    accessLogBucketName: access.bucketName,
    ...common,
  } as const;
  const flows = new LogBucket(stack, "network-logs", {
    bucketName: bucketName(environment, PLATFORM, "network-logs"),
    ...delivery,
  });
  const webAcl = new LogBucket(stack, "web-acl-logs", {
    bucketName: webAclLogBucketName(environment),
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
    name: `/${environment.name}/sessions`,
    kmsKeyArn: key.arn,
    retentionDays: inDays(environment.logs.archive),
    ...deletable(environment),
  });
  new SessionPreferences(stack, "sessions-preferences", { logGroup: sessions, kmsKeyArn: sessionKey.arn });
  return exported(stack, environment, "audit", {
    accessLogBucket: access.bucketName,
    networkLogBucket: flows.bucketName,
    networkLogBucketArn: flows.arn,
    webAclLogBucketArn: webAcl.arn,
    logsKeyArn: key.arn,
    sessionKeyArn: sessionKey.arn,
    sessionLogGroupArn: sessions.arn,
  });
}
