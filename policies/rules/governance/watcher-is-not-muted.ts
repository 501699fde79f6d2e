import { missing, objection, rule } from "../../engine/rule.ts";
import { watchers } from "../../model/governance/muted.ts";

/** That it is there is for other rules; here it is whether it says anything. */
export const watcherIsNotMuted = rule({
  id: "GOV-024",
  slug: "watcher-is-not-muted",
  severity: "high",
  title: "What watches is switched on, and nothing of what it sees is kept back",
  why: "A rule that is off, a subscription with a filter, an alarm of a figure nobody writes, a rule on a bus where AWS tells nothing: the console shows them, and on the day nobody hears anything.",
  fix: "Switch it on and give it a target; take the filter away; name the figure that the filter of the log writes, in its unit; let rules of AWS's events stand on the default bus.",
  appliesTo: watchers,
  requirements: [],
  check: ({ faults }, estate) =>
    faults.flatMap(({ attribute, got, expected }) => {
      const said = [objection(attribute, got, expected)];
      return attribute === "aws_cloudwatch_event_target" ? missing(estate, said) : said;
    }),
});
