import type { ResourceStatement } from "../identity/resource-policy.ts";

/** Denies clear text and TLS below 1.2 to everyone, services included. */
export function transportStatements(bucketArn: string): readonly ResourceStatement[] {
  const everything = { principals: "*", actions: ["s3:*"], resources: [bucketArn, `${bucketArn}/*`] } as const;
  return [
    {
      sid: "DenyClearText",
      effect: "Deny",
      ...everything,
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      sid: "DenyOldTls",
      effect: "Deny",
      ...everything,
      conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}

const algorithm = "s3:x-amz-server-side-encryption";
const keyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";

/**
 * Denies every put that names another encryption than the bucket's own. A put that names none is allowed: the bucket
 * encrypts it with its default, and parts of a multipart upload cannot name one. `orSseS3` admits objects encrypted by S3. `keyArns` are the names of that key:
 * whether S3 compares an alias as given or as the key behind it is not documented.
 */
export function encryptionStatements(
  bucketArn: string,
  keyArns: readonly string[],
  orSseS3 = false,
): readonly ResourceStatement[] {
  const put = {
    effect: "Deny",
    principals: "*",
    actions: ["s3:PutObject"],
    resources: [`${bucketArn}/*`],
  } as const;
  const customerKey: ResourceStatement = {
    sid: "DenyCustomerProvidedKey",
    ...put,
    conditions: { Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" } },
  };
  if (keyArns.length === 0) {
    return [customerKey];
  }
  return [
    customerKey,
    {
      sid: "DenyOtherEncryption",
      ...put,
      conditions: {
        Null: { [algorithm]: "false" },
        StringNotEquals: { [algorithm]: orSseS3 ? ["aws:kms", "AES256"] : "aws:kms" },
      },
    },
    {
      sid: "DenyOtherKey",
      ...put,
      conditions: { Null: { [keyId]: "false" }, StringNotEquals: { [keyId]: keyArns } },
    },
    {
      // Asking for KMS without a key takes the account's AWS managed key, not the bucket's default.
      sid: "DenyAwsManagedKey",
      ...put,
      conditions: { StringEquals: { [algorithm]: "aws:kms" }, Null: { [keyId]: "true" } },
    },
  ];
}
