import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { dutiesOf } from "../../model/backups/declared.ts";
import { lockModes } from "../../model/backups/protection.ts";
import { type Bucket, buckets } from "../../model/buckets/buckets.ts";
import type { Estate } from "../../model/estate.ts";

/** Two deliveries are refused by a bucket with a default retention: Config's and access logs (Amazon S3 user guide, November 2025). */
const REFUSING = ["configuration", "access logs"] as const;

/** A bucket that can lock and does not by default locks nothing that its writers forget to. */
export const lockHasTeeth = rule({
  id: "DATA-014",
  slug: "lock-has-teeth",
  severity: "high",
  title: "Object Lock holds every new object, in the mode that is declared, and stands in nobody's way",
  why: "GOVERNANCE is lifted by one permission; a lock without default retention holds nothing; and one on a bucket of Config or of access logs stops their delivery.",
  fix: "Give the lock a default retention in COMPLIANCE (GOVERNANCE where the environment declares it), none where Config or access logs are delivered.",
  appliesTo: buckets,
  requirements: ["MUN-SEC.2"],
  concerns: ({ lock, receives }) =>
    lock.enabled !== false || lock.mode !== undefined || REFUSING.some((each) => receives.has(each)),
  check: (bucket, estate) => {
    const { lock, receives } = bucket;
    const refusing = REFUSING.find((each) => receives.has(each));
    if (refusing !== undefined) {
      return lock.mode === undefined
        ? []
        : [objection("rule.default_retention.mode", lock.mode, `nothing: it would refuse ${refusing}`)];
    }
    const modes = lockModes(estate.declaration);
    return [
      ...demand("object_lock_enabled", lock.enabled, "true", (on) => on),
      ...demand("rule.default_retention.mode", lock.mode ?? "nothing", modes.join(" or "), (mode) =>
        modes.some((each) => each === mode),
      ),
      ...demand("rule.default_retention.days", lock.days ?? 0, ">= 1", (days) => days >= 1),
      ...bounded(bucket, estate),
    ];
  },
});

/** Where the catalogue says what is kept, a lock is for that and no longer: what people may have deleted must not be held. */
function bounded(bucket: Bucket, estate: Estate): readonly Objection[] {
  const { lock, receives } = bucket;
  if (estate.declaration === undefined || receives.has("trail")) return [];
  const duties = dutiesOf(bucket, estate);
  if (duties.length === 0)
    return [objection("object_lock_enabled", lock.enabled, "no lock: no backup or record is declared here")];
  const most = Math.max(...duties.map(({ days }) => days));
  return demand(
    "rule.default_retention.days",
    lock.days ?? 0,
    `<= ${most}, the longest that is declared here`,
    (days) => days <= most,
  );
}
