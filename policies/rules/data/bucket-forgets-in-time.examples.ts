import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const bucket = { aws_s3_bucket: { data: { bucket: "data" } } };
const versioned = {
  ...bucket,
  aws_s3_bucket_versioning: { data: { bucket: "data", versioning_configuration: { status: "Enabled" } } },
};
const lifecycle = (more: Readonly<Record<string, Loose>>) => ({
  aws_s3_bucket_lifecycle_configuration: { data: { bucket: "data", rule: [{ status: "Enabled", ...more }] } },
});
const abort = (days_after_initiation: number | string) => ({
  abort_incomplete_multipart_upload: { days_after_initiation },
});
const ABORT = "rule.abort_incomplete_multipart_upload.days_after_initiation";
const OLD = "rule.noncurrent_version_expiration.noncurrent_days";

export const examples: Examples = {
  good: [
    {
      title: "old versions and broken uploads go",
      resources: {
        ...versioned,
        ...lifecycle({ ...abort(7), noncurrent_version_expiration: { noncurrent_days: 30 } }),
      },
    },
    {
      title: "the same without versions, in the older spelling",
      resources: {
        aws_s3_bucket: { data: { lifecycle_rule: { enabled: true, abort_incomplete_multipart_upload_days: 7 } } },
      },
    },
  ],
  bad: [
    {
      title: "no lifecycle",
      resources: versioned,
      finds: [`aws_s3_bucket.data ${ABORT}`, `aws_s3_bucket.data ${OLD}`],
    },
    {
      title: "broken uploads that stay a year",
      resources: { ...bucket, ...lifecycle(abort(365)) },
      finds: [`aws_s3_bucket.data ${ABORT}`],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { ...bucket, ...lifecycle(abort("${var.days}")) },
      finds: [`aws_s3_bucket.data ${ABORT}`],
    },
  ],
};

const type = "aws_s3_bucket_lifecycle_configuration";

export const mutations: readonly Mutation[] = [
  onResource(type, "drop the lifecycle", () => undefined),
  onResource(type, "keep broken uploads", (setting) => ({
    ...setting,
    rule: setting.rule.map(({ abort_incomplete_multipart_upload: _, ...each }: Loose) => each),
  })),
  onResource(type, "keep old versions", (setting) => ({
    ...setting,
    rule: setting.rule.map(({ noncurrent_version_expiration: _, ...each }: Loose) => each),
  })),
];
