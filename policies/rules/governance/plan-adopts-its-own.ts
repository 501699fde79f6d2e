import { objection, rule } from "../../engine/rule.ts";
import { adoptions } from "../../model/governance/adoptions.ts";

/** What is imported belongs to nobody else from then on. */
export const planAdoptsItsOwn = rule({
  id: "GOV-023",
  slug: "plan-adopts-its-own",
  severity: "high",
  title: "A state imports only what no other state, and no other account, holds",
  why: "Two states that hold one resource undo each other's changes, and whoever removes it from one deletes it for both.",
  fix: "Let the other state forget it in the same step (removed, destroy = false), or read it by a data source or a remote state.",
  appliesTo: adoptions,
  requirements: [],
  check: ({ others }) => (others === undefined ? [] : [objection("import.id", others, "what nobody else holds")]),
});
