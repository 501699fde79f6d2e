import { objection, rule } from "../../engine/rule.ts";
import { protections } from "../../model/governance/protections.ts";

/** What a variable may leave out proves nothing. */
export const protectionIsThere = rule({
  id: "GOV-019",
  slug: "protection-is-there",
  severity: "high",
  title: "What protects is made in any case",
  why: "A lock, a policy or a log whose count may be zero looks as if it were there, and every other rule believes it.",
  fix: "Take the condition away, or judge the plan, which shows how many there are.",
  appliesTo: protections,
  requirements: [],
  check: ({ open }) => open.map(({ attribute, number }) => objection(attribute, number, "a number that is not zero")),
});
