import { objection, rule } from "../../engine/rule.ts";
import { protectionDepartures } from "../../model/governance/protection-departures.ts";

/** What protects goes with what it protects, or not at all. */
export const planTakesNoProtectionAway = rule({
  id: "GOV-022",
  slug: "plan-takes-no-protection-away",
  severity: "high",
  title: "No plan takes a protection away from what stays",
  why: "A lock, a policy that denies, a log or an alarm that is gone is missed on the day that it is needed. A bucket policy that is replaced with the new one first is gone, too, although the plan shows it.",
  fix: "Keep it, give it another address with a moved block, let it go together with what it protects, or waive it with a reason.",
  appliesTo: protectionDepartures,
  requirements: [],
  check: ({ attribute, how }) =>
    how === undefined ? [] : [objection(attribute, how, "there for as long as what it protects")],
});
