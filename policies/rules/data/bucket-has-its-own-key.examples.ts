import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const ours = "${aws_kms_key.data.arn}";
const key = { aws_kms_key: { data: { description: "data" } } };
const bucket = (name: string) => ({ aws_s3_bucket: { [name]: { bucket: name } } });
const encrypted = (name: string, rule: JsonObject) => ({
  aws_s3_bucket_server_side_encryption_configuration: { [name]: { bucket: `\${aws_s3_bucket.${name}.id}`, rule } },
});
const byDefault = (given: JsonObject, more: JsonObject = {}) => ({
  apply_server_side_encryption_by_default: given,
  ...more,
});
const full = byDefault({ sse_algorithm: "aws:kms", kms_master_key_id: ours }, { bucket_key_enabled: true });
const ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm";
const KEY = "rule.apply_server_side_encryption_by_default.kms_master_key_id";

export const examples: Examples = {
  good: [
    { title: "a key of ours, and a bucket key", resources: { ...key, ...bucket("data"), ...encrypted("data", full) } },
    {
      title: "encryption in two layers, which has no bucket key",
      resources: {
        ...key,
        ...bucket("data"),
        ...encrypted("data", byDefault({ sse_algorithm: "aws:kms:dsse", kms_master_key_id: ours })),
      },
    },
    {
      title: "access logs of a load balancer, which writes to no other bucket",
      resources: { ...bucket("logs"), aws_lb: { web: { access_logs: { bucket: "logs", enabled: true } } } },
    },
    {
      title: "lists of revoked certificates, which anyone must read",
      resources: {
        ...bucket("revoked"),
        aws_acmpca_certificate_authority: {
          clients: { revocation_configuration: { crl_configuration: { s3_bucket_name: "revoked" } } },
        },
      },
    },
    {
      title: "the older spelling, in the bucket itself",
      resources: {
        ...key,
        aws_s3_bucket: { data: { bucket: "data", server_side_encryption_configuration: [{ rule: [full] }] } },
      },
    },
  ],
  bad: [
    {
      title: "what S3 does where nothing is said",
      resources: bucket("data"),
      finds: [`aws_s3_bucket.data ${ALGORITHM}`],
    },
    {
      title: "AWS's own key, and a request to KMS for each object",
      resources: { ...bucket("data"), ...encrypted("data", byDefault({ sse_algorithm: "aws:kms" })) },
      finds: [`aws_s3_bucket.data ${KEY}`, "aws_s3_bucket.data rule.bucket_key_enabled"],
    },
    {
      title: "a key where access logs of S3 are to arrive, in either spelling of their target",
      resources: {
        ...key,
        aws_s3_bucket: { logs: { bucket: "logs" }, old: { bucket: "old", logging: { target_bucket: "logs" } } },
        ...encrypted("logs", full),
      },
      finds: [`aws_s3_bucket.logs ${ALGORITHM}`, `aws_s3_bucket.old ${ALGORITHM}`],
    },
  ],
  unknown: [
    {
      title: "a variable names the key",
      resources: {
        ...bucket("data"),
        ...encrypted(
          "data",
          byDefault({ sse_algorithm: "aws:kms", kms_master_key_id: "${var.key}" }, { bucket_key_enabled: true }),
        ),
      },
      finds: [`aws_s3_bucket.data ${KEY}`],
    },
  ],
};

const type = "aws_s3_bucket_server_side_encryption_configuration";
const ofData = ({ name }: { readonly name: string }) => name.includes("data");

export const mutations: readonly Mutation[] = [
  onResource(type, "drop the encryption", () => undefined, ofData),
  onResource(
    type,
    "let S3 encrypt backups",
    (setting) => ({ ...setting, rule: [byDefault({ sse_algorithm: "AES256" })] }),
    ofData,
  ),
  onResource(
    type,
    "drop the bucket key",
    (setting) => ({ ...setting, rule: [{ ...setting.rule[0], bucket_key_enabled: false }] }),
    ofData,
  ),
  onResource(
    type,
    "encrypt access logs with a key",
    (setting) => ({
      ...setting,
      rule: [byDefault({ sse_algorithm: "aws:kms", kms_master_key_id: "alias/logs" }, { bucket_key_enabled: true })],
    }),
    ({ name }) => name.startsWith("access-logs"),
  ),
  onResource(
    type,
    "encrypt a copy with a key of the first region",
    (setting) => ({
      ...setting,
      rule: [
        byDefault(
          { sse_algorithm: "aws:kms", kms_master_key_id: "${aws_kms_key.data-key_key.arn}" },
          { bucket_key_enabled: true },
        ),
      ],
    }),
    ({ name }) => name.includes("data-copy"),
  ),
];
