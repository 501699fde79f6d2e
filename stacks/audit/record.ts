import { ConfigRecorder } from "../../constructs/audit/config-recorder.ts";
import { conformanceRules } from "../../constructs/audit/config-rules.ts";
import { LogBucket } from "../../constructs/audit/log-bucket.ts";
import { LogGroup } from "../../constructs/audit/log-group.ts";
import { type RecordedObjects, Trail, trailArn } from "../../constructs/audit/trail.ts";
import { bucketArn } from "../../constructs/data/private-bucket.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { administrativeRole, auditExportBucketName, bucketName, PLATFORM, resourceName } from "../../services/names.ts";
import type { Estate } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { inDays } from "../../services/schema/units.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians, stateLocation } from "../stack.ts";
import { logBucketName } from "./buckets.ts";
import { recordGroupName } from "./log-groups.ts";

/**
 * Who did what, and what was how and when: the trail and the recorder, under one key, each into a bucket of its own.
 * Returns the log group of the trail, for alarms.
 */
export function makeRecord(stack: PlatformStack, { environment, services }: Estate, accessLogBucket: string): LogGroup {
  const { account, region } = environment;
  const retentionDays = inDays(environment.logs.archive);
  const common = { accountId: account, breakGlassArns: guardians(environment), ...deletable(environment) };
  const key = new EncryptionKey(stack, "record-key", {
    aliasName: resourceName(environment, PLATFORM, "record"),
    description: "The record of calls and configurations",
    region,
    userArns: [administrativeRole(environment, "operator"), administrativeRole(environment, "break-glass")],
    usedThrough: "direct",
    services: ["cloudtrail", "cloudwatch-logs", "config"],
    ...common,
  });
  const bucket = { kmsKeyArn: key.arn, accessLogBucketName: accessLogBucket, retentionDays, ...common };
  const name = resourceName(environment, PLATFORM, "trail");
  const logGroup = new LogGroup(stack, "trail-events", {
    name: recordGroupName(environment, "trail"),
    kmsKeyArn: key.arn,
    retentionDays: inDays(environment.logs.keep),
    ...deletable(environment),
  });
  new Trail(stack, "trail", {
    name,
    accountId: account,
    region,
    bucket: new LogBucket(stack, "trail-logs", {
      kind: "trail",
      bucketName: logBucketName(environment, "trail"),
      trailArn: trailArn(region, account, name),
      lockMode: environment.lock,
      ...bucket,
    }),
    logGroup,
    kmsKeyArn: key.arn,
    objects: recordedObjects(environment, services),
    ...deletable(environment),
  });
  new ConfigRecorder(stack, "config", {
    name: resourceName(environment, PLATFORM, "config"),
    bucket: new LogBucket(stack, "config-logs", {
      kind: "config",
      bucketName: logBucketName(environment, "config"),
      ...bucket,
    }),
    kmsKeyArn: key.arn,
    retentionDays,
    rules: conformanceRules,
  });
  return logGroup;
}

/** Objects whose readers and writers somebody may ask for: backups in both regions, states, data of people, the logs themselves. */
function recordedObjects(environment: Environment, services: Estate["services"]): readonly RecordedObjects[] {
  const people = services.flatMap(({ service }) =>
    service.data === "personal"
      ? service.stores
          .filter(({ kind }) => kind === "objects")
          .map(({ name }) => bucketArn(`${bucketName(environment, service.code, name)}/`))
      : [],
  );
  return [
    {
      name: "Backups, states and audit exports",
      arnPrefixes: [
        ...services.map(({ service }) => bucketArn(`${resourceName(environment, service.code, "vault")}-`)),
        bucketArn(`${stateLocation(environment).bucket}/`),
        bucketArn(`${auditExportBucketName(environment)}/`),
      ],
    },
    ...(people.length === 0 ? [] : [{ name: "Data of people", arnPrefixes: people }]),
    {
      name: "Logs, read or deleted",
      arnPrefixes: (["access", "config", "network", "trail", "web-acl"] as const).map((kind) =>
        bucketArn(`${logBucketName(environment, kind)}/`),
      ),
      exceptPuts: true,
    },
  ];
}
