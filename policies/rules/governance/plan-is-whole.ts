import { objection, rule } from "../../engine/rule.ts";
import { plans } from "../../model/governance/plans.ts";
import { Unknown } from "../../model/value.ts";

/** What a plan puts off, or was not asked for, is done later all the same, and nobody has seen it. */
export const planIsWhole = rule({
  id: "GOV-016",
  slug: "plan-is-whole",
  severity: "high",
  title: "A plan shows everything that will be done",
  why: "Resources that are deferred, left out by -target or lost to an error are in none of the plan's values: no rule has judged them.",
  fix: "Plan everything, without -target; apply first what others wait for, and plan again.",
  appliesTo: plans,
  requirements: [],
  check: ({ at, gaps }) =>
    gaps.map(({ address, reason, isFault }) =>
      objection("plan", isFault ? reason : new Unknown(reason), "all that will be done", {
        ...at,
        resource: address ?? at.resource,
      }),
    ),
});
