import type { App } from "cdktf";
import { LogBucket } from "../constructs/audit/log-bucket.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole, bucketName, PLATFORM, resourceName } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";
import { inDays } from "../services/schema/units.ts";
import { exported } from "./outputs.ts";
import { deletable, newStack, type StackIdentity } from "./stack.ts";

/** WAF accepts only buckets whose name starts so. */
export const webAclLogBucketName = (environment: Environment): string =>
  `aws-waf-logs-${bucketName(environment, PLATFORM, "web")}`;

/** Where logs of the platform itself end: access logs, deliveries, and the key they are encrypted with. */
export function auditStack(app: App, environment: Environment) {
  const identity: StackIdentity = { environment, name: "audit", owner: "platform", data: "confidential" };
  const stack = newStack(app, identity);
  const breakGlassArns = [administrativeRole(environment, "break-glass")];
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
  return exported(stack, environment, "audit", {
    accessLogBucket: access.bucketName,
    networkLogBucket: flows.bucketName,
    networkLogBucketArn: flows.arn,
    webAclLogBucketArn: webAcl.arn,
    logsKeyArn: key.arn,
  });
}
