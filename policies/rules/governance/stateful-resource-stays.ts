import { demand, rule } from "../../engine/rule.ts";
import { mustStay } from "../../model/backups/protection.ts";
import { statefuls } from "../../model/governance/stateful.ts";

/** What cannot be made again is not destroyed by a plan that was read in a hurry. */
export const statefulResourceStays = rule({
  id: "GOV-005",
  slug: "stateful-resource-stays",
  severity: "high",
  title: "Terraform refuses to destroy what holds state",
  why: "A changed zone or name replaces a database like any other resource: one line of a plan among hundreds.",
  fix: "lifecycle { prevent_destroy = true }",
  appliesTo: statefuls,
  requirements: [],
  concerns: (_, { declaration }) => mustStay(declaration),
  check: ({ kept, loses }) => demand("lifecycle.prevent_destroy", kept, `true: with it goes ${loses}`, (each) => each),
});
