import { bucketName, PLATFORM } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";

/** Logs that end in a bucket of their own: who writes them decides how the bucket is encrypted and locked. */
type LogKind = "access" | "config" | "network" | "trail" | "web-acl";

/** Names of the log buckets; policies of the bootstrap stack know them before they exist. */
export const logBucketName = (environment: Environment, kind: LogKind): string =>
  kind === "web-acl"
    ? // WAF accepts only buckets whose name starts so.
      `aws-waf-logs-${bucketName(environment, PLATFORM, "web")}`
    : bucketName(environment, PLATFORM, `${kind}-logs`);
