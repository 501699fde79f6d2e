import { demand, rule } from "../../engine/rule.ts";
import { mustStay } from "../../model/backups/protection.ts";
import { deletions } from "../../model/deletions.ts";

/** A plan that replaces what it should change is approved in a hurry; this is what stops it. */
export const dataRefusesDeletion = rule({
  id: "DATA-007",
  slug: "data-refuses-deletion",
  severity: "high",
  title: "Whatever holds data, or is the way in, refuses to be deleted, and leaves a last snapshot",
  why: "One wrong command, or one plan that replaces instead of changing, ends a database with its backups.",
  fix: "Turn deletion protection on, let a final snapshot be made, keep automated backups, and never empty by force.",
  appliesTo: deletions,
  requirements: ["MUN-4.6"],
  concerns: ({ yields }, { declaration }) => !yields || mustStay(declaration),
  check: ({ guard, expected }) => demand(guard.attribute, guard.value, expected, (said) => String(said) === expected),
});
