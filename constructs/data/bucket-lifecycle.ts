import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";

/** Days after which S3 drops the parts of an upload that never ended. */
const abandonedUploadDays = 7;

interface CleanUp {
  readonly id: string;
  /** Key prefix; empty for the whole bucket. */
  readonly prefix: string;
  /** Days after which a replaced or deleted version goes. */
  readonly noncurrentDays: number;
}

/** Never touches a current object: removes old versions, markers with nothing behind them and abandoned uploads. */
export function cleanUp({ id, prefix, noncurrentDays }: CleanUp): S3BucketLifecycleConfigurationRule {
  return {
    id,
    status: "Enabled",
    filter: [{ prefix }],
    expiration: [{ expiredObjectDeleteMarker: true }],
    noncurrentVersionExpiration: [{ noncurrentDays }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: abandonedUploadDays }],
  };
}

/** Ends current objects after a number of days; beside a `cleanUp`, for S3 takes days and markers only in two rules. */
export function expire(id: string, prefix: string, days: number): S3BucketLifecycleConfigurationRule {
  return { id, status: "Enabled", filter: [{ prefix }], expiration: [{ days }] };
}
