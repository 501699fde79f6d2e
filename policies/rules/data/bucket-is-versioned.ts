import { demand, rule } from "../../engine/rule.ts";
import { buckets } from "../../model/buckets/buckets.ts";

/**
 * What is overwritten or deleted by mistake, or by a stolen key, is still there. A second factor for deletions (MFA delete)
 * is not asked for: only the root user can turn it on, by hand, and a bucket that has it takes no lifecycle (Amazon S3 user
 * guide, November 2025); where versions must not go, Object Lock holds them.
 */
export const bucketIsVersioned = rule({
  id: "DATA-001",
  slug: "bucket-is-versioned",
  severity: "high",
  title: "Every bucket keeps earlier versions of its objects",
  why: "Without versions, one wrong command or one stolen key overwrites the only copy; Object Lock needs them too.",
  fix: 'Add aws_s3_bucket_versioning with status "Enabled" for the bucket.',
  appliesTo: buckets,
  requirements: ["TKT-7.4", "NOD-3.3"],
  check: ({ versioning }) =>
    demand("versioning_configuration.status", versioning ?? "Disabled", "Enabled", (status) => status === "Enabled"),
});
