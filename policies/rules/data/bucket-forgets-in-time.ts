import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { type Bucket, buckets } from "../../model/buckets/buckets.ts";

/** Which objects are current is the application's to end; nobody sees the rest. */
export const bucketForgetsInTime = rule({
  id: "DATA-013",
  slug: "bucket-forgets-in-time",
  severity: "low",
  title: "Buckets let go of old versions and of uploads that were never finished",
  why: "What a person had deleted lives on as an old version, unseen and paid for; parts of broken uploads do so too.",
  fix: "Add a lifecycle rule with noncurrent_version_expiration, expired_object_delete_marker and abort_incomplete_multipart_upload of at most 30 days.",
  appliesTo: buckets,
  requirements: [],
  check: ({ lifecycle, versioning, at }: Bucket): readonly Objection[] => {
    const rules = lifecycle.filter(({ enabled }) => enabled !== false);
    const here = rules[0]?.at ?? at;
    const aborts = rules.flatMap(({ abandoned }) => (abandoned === undefined ? [] : [abandoned]));
    const versions = rules.some(({ noncurrent }) => noncurrent !== undefined);
    return [
      ...(aborts.length === 0
        ? [objection("rule.abort_incomplete_multipart_upload.days_after_initiation", undefined, "<= 30", here)]
        : aborts.flatMap((days) =>
            demand(
              "rule.abort_incomplete_multipart_upload.days_after_initiation",
              days,
              "<= 30",
              (given) => given <= 30,
            ),
          )),
      ...(versioning === undefined || versions
        ? []
        : [objection("rule.noncurrent_version_expiration.noncurrent_days", undefined, "days", here)]),
    ];
  },
});
