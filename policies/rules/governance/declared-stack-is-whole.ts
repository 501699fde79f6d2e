import { objection, rule } from "../../engine/rule.ts";
import { declaredStacks } from "../../model/governance/declared-stacks.ts";

/** What is not there cannot be judged, and would pass. */
export const declaredStackIsWhole = rule({
  id: "GOV-015",
  slug: "declared-stack-is-whole",
  severity: "high",
  title: "Environments and stacks are there as declared, with as many resources as were made",
  why: "A stack that was lost on the way, or cut, breaks no other rule: nothing in it is wrong.",
  fix: "Make all outputs again by npm start, and judge them all together.",
  appliesTo: declaredStacks,
  requirements: [],
  check: ({ resources, found }) =>
    found === resources
      ? []
      : [
          objection(
            "resources",
            found,
            resources === undefined ? "a declaration of it" : `the ${resources} that were made`,
          ),
        ],
});
