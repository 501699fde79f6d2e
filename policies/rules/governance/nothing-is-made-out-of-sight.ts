import { objection, rule } from "../../engine/rule.ts";
import { outOfSight } from "../../model/governance/out-of-sight.ts";

/** What a template inside a resource makes stands in no plan, and no rule reads it. */
export const nothingIsMadeOutOfSight = rule({
  id: "GOV-018",
  slug: "nothing-is-made-out-of-sight",
  severity: "high",
  title: "Terraform makes nothing that stands in no output: no stacks, no products, no charts",
  why: "An open bucket or an administrator in a template is one like any other, but neither the plan nor any rule shows it.",
  fix: "Write its resources in Terraform itself; charts belong to the rendered releases, which are judged.",
  appliesTo: outOfSight,
  requirements: [],
  check: ({ attribute, makes }) =>
    makes === undefined ? [] : [objection(attribute, makes, "resources that outputs show")],
});
