import { demand, objection, rule } from "../../engine/rule.ts";
import { watchers } from "../../model/governance/watch.ts";

/** Calls, configurations, threats, controls and access from outside: each has something that watches it. */
export const accountIsWatched = rule({
  id: "GOV-013",
  slug: "account-is-watched",
  severity: "high",
  title: "A trail, a recorder, a detector, a hub with standards and an analyzer watch the account",
  why: "What nobody records cannot be told afterwards: who took the role, what it read, since when a bucket was open.",
  fix: "Make each once for the account and its region, and leave it on.",
  appliesTo: watchers,
  requirements: ["NOD-2.8"],
  check: ({ attribute, works, expected }) =>
    works === undefined ? [objection(attribute, works, expected)] : demand(attribute, works, expected, (each) => each),
});
