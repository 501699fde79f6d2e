import { demand, type Objection } from "../../../engine/rule.ts";
import type { LockMode } from "../../../model/backups/protection.ts";
import type { Bucket } from "../../../model/buckets/buckets.ts";

/** How a bucket falls short of a lock of some days. */
export function withoutLock({ at, lock }: Bucket, days: number, modes: readonly LockMode[]): readonly Objection[] {
  const said = [
    ...demand("object_lock_enabled", lock.enabled, "true", (on) => on),
    ...demand("rule.default_retention.mode", lock.mode ?? "nothing", modes.join(" or "), (mode) =>
      modes.some((each) => each === mode),
    ),
    ...demand("rule.default_retention.days", lock.days ?? 0, `>= ${days}`, (given) => given >= days),
  ];
  return said.map((each) => ({ ...each, at }));
}
