import { TransferBucket } from "../../constructs/data/transfer-bucket.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { administrativeRole, PLATFORM, resourceName, transferBucketName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians } from "../stack.ts";

/** The bucket, under a key of its own: files on their way may hold secrets. */
export function makeTransfer(stack: PlatformStack, environment: Environment, accessLogBucketName: string): void {
  const operatorArns = [administrativeRole(environment, "operator")];
  const key = new EncryptionKey(stack, "transfer-key", {
    aliasName: resourceName(environment, PLATFORM, "transfer"),
    description: "Files on their way to hosts",
    accountId: environment.account,
    region: environment.region,
    userArns: operatorArns,
    usedThrough: ["s3"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  new TransferBucket(stack, "transfer", {
    bucketName: transferBucketName(environment),
    kmsKeyArn: key.arn,
    accessLogBucketName,
    operatorArns,
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
}
