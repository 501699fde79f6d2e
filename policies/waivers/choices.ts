import { type Finding, outcomeOf, type RuleRun } from "../engine/judge.ts";
import type { RuleFacts } from "../engine/rule.ts";
import type { DeclaredChoice } from "../model/declaration.ts";
import { latestDay } from "./days.ts";

/** Rules take a weaker choice for what it says; here it is held against the day, like a waiver. */
export const choiceRule = {
  id: "WVR-004",
  slug: "weaker-choice-has-not-expired",
  severity: "high",
  title: "A choice weaker than the default holds until its day, within 400 days, and not longer",
  why: "Rules accept what it says: after its day they accept what nobody has decided on.",
  fix: "Take the choice out of the catalogue; or have its owner decide anew, with a new day within 400 days.",
  requirements: [],
} as const satisfies RuleFacts;

/** Choices whose day is over on another one, `2026-11-21`, or too far from it, or that name none. */
export const choicesOver = (choices: readonly DeclaredChoice[], today: string): readonly Finding[] =>
  choices.flatMap(({ path, reason, until, source }) => {
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until);
    if (isDay && until >= today && until <= latestDay(today)) return [];
    const { id: rule, slug, severity, fix } = choiceRule;
    const [, environment] = /^environments\/([^/]+)\//.exec(path) ?? [];
    return [
      {
        ...{ rule, slug, severity, environment, stack: undefined, source, resource: path, attribute: "until", fix },
        outcome: isDay ? "fail" : "unknown",
        got: `${until}: ${reason}`,
        expected: "a day that is not over, within 400 days",
      },
    ];
  });

/** How the choices went. */
export const runOfChoices = (choices: readonly DeclaredChoice[], over: readonly Finding[]): RuleRun => ({
  ...{ rule: choiceRule.id, slug: choiceRule.slug, environment: undefined },
  ...{ outcome: outcomeOf(choices.length, over), subjects: choices.length, findings: over.length },
});
