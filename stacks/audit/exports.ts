import { ObjectLockBucket } from "../../constructs/backup/object-lock-bucket.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import {
  administrativeRole,
  auditExportBucketName,
  backupPlace,
  PLATFORM,
  resourceName,
} from "../../services/names.ts";
import { type Estate, partyRole } from "../../services/resolve.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians } from "../stack.ts";

/**
 * Where applications put exports and chain heads of their audit trails, which no database administrator can rewrite there
 * (TKT-3.2, MUN-2.11). Each is written by the one job that makes it, once, and not read back; the operator reads.
 *
 * Nobody can purge it before the audit's time is over, so what is exported names people by id only (MUN-SEC.2). Returns
 * the ARN of its key.
 */
export function makeAuditExports(
  stack: PlatformStack,
  { environment, services }: Estate,
  accessLogBucketName: string,
): string {
  const operator = administrativeRole(environment, "operator");
  const exports = services.flatMap(({ service, backups }) =>
    backups
      .filter(({ material }) => material === "audit")
      .map((backup) => ({
        prefix: backupPlace(environment, service, backup).prefix,
        writer: partyRole(environment, service, backup.runner),
        lockDays: backup.lockDays,
      })),
  );
  const common = { region: environment.region, breakGlassArns: guardians(environment), ...deletable(environment) };
  const key = new EncryptionKey(stack, "audit-exports-key", {
    aliasName: resourceName(environment, PLATFORM, "audit-exports"),
    description: "Audit exports of applications",
    accountId: environment.account,
    userArns: [...new Set(exports.map(({ writer }) => writer)), operator],
    usedThrough: ["s3"],
    ...common,
  });
  const lockDays = Math.max(1, ...exports.map((each) => each.lockDays));
  new ObjectLockBucket(stack, "audit-exports", {
    bucketName: auditExportBucketName(environment),
    kmsKeyArn: key.arn,
    lock: { mode: environment.lock, days: lockDays },
    prefixes: exports.map(({ prefix, writer }) => ({
      kind: "dumps",
      prefix,
      writerArns: [writer],
      readerArns: [operator],
      expireAfterDays: lockDays + 1,
    })),
    accessLogBucketName,
    ...common,
  });
  return key.arn;
}
