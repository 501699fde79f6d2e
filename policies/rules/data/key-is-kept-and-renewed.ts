import { demand, rule } from "../../engine/rule.ts";
import { keys } from "../../model/keys.ts";
import { isUnknown } from "../../model/value.ts";

/** What a key has encrypted is gone with it, backups too. */
export const keyIsKeptAndRenewed = rule({
  id: "DATA-004",
  slug: "key-is-kept-and-renewed",
  severity: "high",
  title: "Keys are on, renewed each year and deleted only after 30 days",
  why: "A disabled or deleted key takes all its data with it, backups included; one that never changes gives all of it to whoever once had it.",
  fix: "Set enable_key_rotation, deletion_window_in_days = 30 and leave is_enabled and the safety check of policies as they are by default.",
  appliesTo: keys,
  requirements: [],
  check: ({ enabled, rotatable, rotates, rotationDays, deletionDays, unsafePolicy }) => [
    ...demand("is_enabled", enabled, "true", (on) => on),
    ...(rotatable === false || isUnknown(rotatable)
      ? []
      : [
          ...demand("enable_key_rotation", rotates, "true", (on) => on),
          ...demand("rotation_period_in_days", rotationDays, "<= 365", (days) => days <= 365),
        ]),
    ...demand("deletion_window_in_days", deletionDays, ">= 30", (days) => days >= 30),
    ...demand("bypass_policy_lockout_safety_check", unsafePolicy, "false", (unsafe) => !unsafe),
  ],
});
