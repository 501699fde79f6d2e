import { objection, rule } from "../../engine/rule.ts";
import { isUnknown, Unknown } from "../../model/value.ts";
import { noticed } from "../../model/watching/noticed.ts";

/** Tried with what AWS would tell: a filter that looks alike and matches none of it is none. */
export const graveEventIsNoticed = rule({
  id: "GOV-026",
  slug: "grave-event-is-noticed",
  severity: "high",
  title:
    "Whatever opens, weakens or blinds something is told of at once: filters, rules and alarms match what AWS tells",
  why: "A pattern that was narrowed, a threshold that is never reached, an answer without its event: the alarm is there, and stays silent.",
  fix: "Let a metric filter of the trail's log group with an alarm at one match, or an event rule with a target, match the event.",
  appliesTo: noticed,
  requirements: [],
  needsDeclaration: true,
  check: ({ missed }) =>
    missed.map(({ attribute, event }) =>
      objection(
        attribute,
        isUnknown(event)
          ? new Unknown(`nothing that is understood matches ${event.expression}`)
          : `nothing matches ${event}`,
        "a pattern that does, and is heard",
      ),
    ),
});
