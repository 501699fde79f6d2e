import { demand, objection, rule } from "../../engine/rule.ts";
import { auditDays, lockModes } from "../../model/backups/protection.ts";
import { trails } from "../../model/trails.ts";
import { withoutLock } from "./objections/without-lock.ts";

/**
 * Insights are not asked for: they tell of unusual rates of calls days later, at a price per event; alarms on the log group
 * tell of each call that matters at once.
 */
export const trailRecordsEverything = rule({
  id: "DATA-015",
  slug: "trail-records-everything",
  severity: "critical",
  title: "The trail records every call in every region, into a bucket that locks it, and shows if a file is changed",
  why: "Who breaks in works in the region that nobody watches, and takes the record away afterwards.",
  fix: "Set is_multi_region_trail, include_global_service_events, enable_log_file_validation, a log group, and a bucket with Object Lock.",
  appliesTo: trails,
  requirements: ["NOD-2.8", "NOD-5.5"],
  check: ({ on, everywhere, global, validated, manages, bucket, logGroup }, { declaration }) => [
    ...demand("enable_logging", on, "true", (recorded) => recorded),
    ...demand("is_multi_region_trail", everywhere, "true", (all) => all),
    ...demand("include_global_service_events", global, "true", (all) => all),
    ...demand("enable_log_file_validation", validated, "true", (shown) => shown),
    ...(manages ? [] : [objection("event_selector", "a part of them", "all calls that manage, reading and writing")]),
    ...(logGroup === undefined ? [objection("cloud_watch_logs_group_arn", undefined, "a log group, for alarms")] : []),
    ...(bucket === undefined
      ? [objection("s3_bucket_name", undefined, "a bucket of this estate, that locks it")]
      : withoutLock(bucket, auditDays(declaration), lockModes(declaration))),
  ],
});
