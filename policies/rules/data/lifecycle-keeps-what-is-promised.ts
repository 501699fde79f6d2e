import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Duty, dutiesOf } from "../../model/backups/declared.ts";
import { logDays } from "../../model/backups/protection.ts";
import { type Bucket, buckets } from "../../model/buckets/buckets.ts";
import type { LifecycleRule } from "../../model/buckets/lifecycle.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown } from "../../model/value.ts";

/**
 * A lock outlives any lifecycle: S3 deletes no locked version. So what is no longer current goes when both its days and its
 * lock are over; what is current must stay current as long as is promised, for a restore asks for the current one.
 */
export const lifecycleKeepsWhatIsPromised = rule({
  id: "DATA-012",
  slug: "lifecycle-keeps-what-is-promised",
  severity: "critical",
  title: "No lifecycle deletes an object before its lock, its declared retention or its log's time is over",
  why: "A lifecycle is the one thing that deletes every night, without a question; what it took too early is missed at the restore.",
  fix: "Let expiration.days be longer than lock and retention, and noncurrent_days too where no lock holds versions.",
  appliesTo: buckets,
  requirements: ["TKT-7.3", "TKT-4.15", "NOD-3.6", "NOD-3.7", "MUN-SEC.2"],
  concerns: ({ lifecycle }) => lifecycle.length > 0,
  check: (bucket, estate) => {
    const duties = dutiesFor(bucket, estate);
    return bucket.lifecycle
      .filter(({ enabled }) => enabled !== false)
      .flatMap((each) => duties.filter((duty) => meets(each, duty)).flatMap((duty) => early(each, duty, bucket)));
  },
});

/** By declared backups, by the bucket's own lock, and by what AWS delivers into it. */
function dutiesFor(bucket: Bucket, estate: Estate): readonly Duty[] {
  const { lock, receives } = bucket;
  const locked = typeof lock.days === "number" ? [{ prefix: "", days: lock.days, why: "the bucket's own lock" }] : [];
  const logs = [...receives].some((each) => each !== "revocations")
    ? [{ prefix: "", days: logDays(estate.declaration), why: "logs that are delivered here" }]
    : [];
  return [...dutiesOf(bucket, estate), ...locked, ...logs];
}

/** Whether a rule is for objects of a duty, all or some. */
const meets = ({ prefix }: LifecycleRule, duty: Duty): boolean =>
  isUnknown(prefix) || prefix.startsWith(duty.prefix) || duty.prefix.startsWith(prefix);

function early({ at, name, expires, noncurrent }: LifecycleRule, duty: Duty, { lock }: Bucket): readonly Objection[] {
  const expected = `>= ${duty.days}: ${duty.why}`;
  const held = typeof lock.days === "number" ? lock.days : 0;
  const current = typeof expires === "number" ? expires >= duty.days : expires === undefined;
  const old =
    typeof noncurrent === "number"
      ? Math.max(noncurrent, held) >= duty.days
      : noncurrent === undefined || held >= duty.days;
  return [
    ...(current ? [] : [objection(`rule.${name}.expiration.days`, expires, expected, at)]),
    ...(old ? [] : [objection(`rule.${name}.noncurrent_version_expiration.noncurrent_days`, noncurrent, expected, at)]),
  ];
}
