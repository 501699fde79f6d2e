import { objection, rule } from "../../engine/rule.ts";
import { awaitedFunctions } from "../../model/governance/awaited-functions.ts";

export const eventIsNotLost = rule({
  id: "GOV-030",
  slug: "event-is-not-lost",
  severity: "medium",
  title: "An event that a function cannot deal with is kept",
  why: "A service that hands an event over does not wait: after two tries the event is gone, and nobody can deal with it later.",
  fix: "A dead_letter_config with a queue, or aws_lambda_function_event_invoke_config with a destination on_failure.",
  appliesTo: awaitedFunctions,
  requirements: [],
  check: ({ callers, keeps }) =>
    keeps
      ? []
      : [objection("dead_letter_config", undefined, `a queue for what fails: ${callers.join(", ")} does not wait`)],
});
