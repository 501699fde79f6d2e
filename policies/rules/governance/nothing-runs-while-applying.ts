import { objection, rule } from "../../engine/rule.ts";
import { sideEffects } from "../../model/governance/side-effects.ts";

/** A plan shows all that an apply does, and planning does nothing. */
export const nothingRunsWhileApplying = rule({
  id: "GOV-009",
  slug: "nothing-runs-while-applying",
  severity: "high",
  title: "No programs run and no strangers are asked while Terraform plans or applies",
  why: "A provisioner is in no plan and no state; a data source that runs a program runs it in every pull request.",
  fix: "Let the host or the pod do it when it starts, or a step of the pipeline that is reviewed as such.",
  appliesTo: sideEffects,
  requirements: [],
  check: ({ attribute, what }) =>
    what === undefined ? [] : [objection(attribute, what, "resources that AWS itself makes")],
});
