import { objection, rule } from "../../engine/rule.ts";
import { buckets } from "../../model/buckets/buckets.ts";
import { trailsOver } from "../../model/trails.ts";

/** Either way will do: logs of S3 itself, or a trail that records what is done with objects. */
export const bucketAccessIsRecorded = rule({
  id: "DATA-006",
  slug: "bucket-access-is-recorded",
  severity: "medium",
  title: "It is recorded who reads and changes objects",
  why: "After a leak nobody can say what was read, by whom, nor whether it was deleted.",
  fix: "Add aws_s3_bucket_logging to the bucket of access logs, or name the bucket in the data events of a trail.",
  appliesTo: buckets,
  requirements: [],
  // Logs of accesses to the bucket of access logs would be logged without end.
  concerns: ({ receives }) => !receives.has("access logs"),
  check: (bucket, estate) =>
    bucket.logsTo !== undefined || trailsOver(bucket, estate).length > 0
      ? []
      : [objection("logging", undefined, "access logs, or data events of a trail")],
});
