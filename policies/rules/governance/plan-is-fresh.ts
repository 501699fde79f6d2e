import { objection, rule } from "../../engine/rule.ts";
import { plans } from "../../model/governance/plans.ts";

/** What was reviewed is what is applied: a plan of yesterday's configuration shows neither. */
export const planIsFresh = rule({
  id: "GOV-008",
  slug: "plan-is-fresh",
  severity: "medium",
  title: "A plan is of the configuration that lies beside it",
  why: "Whoever reads it approves something else than what will be done.",
  fix: "Plan again.",
  appliesTo: plans,
  requirements: [],
  check: ({ at, changed, differs }) => [
    ...(changed.length === 0
      ? []
      : [objection("made from", `changed since: ${changed.join(", ")}`, "the configurations as they are")]),
    ...differs.map(({ resource, attribute, planned, configured }) =>
      objection(attribute, planned, `as configured: ${configured}`, { ...at, resource }),
    ),
  ],
});
