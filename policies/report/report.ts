import { type Finding, outcomeOf, type RuleRun } from "../engine/judge.ts";
import { type RuleFacts, type Severity, severities } from "../engine/rule.ts";
import { type AppliedWaiver, applyWaivers } from "../waivers/apply.ts";
import { choiceRule, choicesOver, runOfChoices } from "../waivers/choices.ts";
import { type WaiverFault, waiverRules } from "../waivers/faults.ts";
import type { Waiver } from "../waivers/waiver.ts";
import { type Judged, judgeNames, type Said, type Verdict } from "./verdict.ts";

/** A finding, and who accepts it where somebody does. */
export interface ReportedFinding extends Finding {
  readonly waiver: Waiver | undefined;
}

/** All that a run has to say, whatever it is printed as. */
export interface Report {
  readonly rules: readonly RuleFacts[];
  readonly judged: readonly Judged[];
  readonly runs: readonly RuleRun[];
  /** By severity, then in the order of rules. */
  readonly findings: readonly ReportedFinding[];
  readonly waivers: readonly AppliedWaiver[];
  readonly waiversFile: string;
}

/** What a verdict is set against. */
export interface Circumstances {
  readonly waivers: readonly Waiver[];
  readonly waiversFile: string;
  /** `2026-11-21` */
  readonly today: string;
}

/** Sets the waivers against what judges have found. Findings and runs are in the order of rules, whoever was heard first. */
export function reportOf({ judged, said, choices }: Verdict, given: Circumstances): Report {
  const order = ({ judge }: Said): number => judgeNames.indexOf(judge);
  const inOrder = said.toSorted((one, other) => order(one) - order(other));
  const judgements = inOrder.flatMap((each) => each.judgements);
  const over = choicesOver(choices, given.today);
  const found = [...judgements.flatMap(({ findings }) => findings), ...over];
  const source = given.waiversFile;
  const { accepted, waivers, faults } = applyWaivers(found, given.waivers, {
    today: given.today,
    environments: judged.map(({ environment }) => environment),
    source,
  });
  const findings = [...found, ...faults].map((finding) => ({ ...finding, waiver: accepted.get(finding) }));
  return {
    rules: [...inOrder.flatMap(({ rules }) => rules), ...Object.values(waiverRules), choiceRule],
    judged,
    runs: [...judgements.flatMap(({ runs }) => runs), ...runsOfWaivers(waivers, faults), runOfChoices(choices, over)],
    findings: findings.sort((one, other) => rank(one.severity) - rank(other.severity)),
    waivers,
    waiversFile: source,
  };
}

/** Findings that nobody accepts: with any, a run ends with 1. */
export const unwaived = ({ findings }: Report): readonly ReportedFinding[] =>
  findings.filter(({ waiver }) => waiver === undefined);

const rank = (severity: Severity): number => severities.indexOf(severity);

/** Waivers are judged, too. */
const runsOfWaivers = (waivers: readonly AppliedWaiver[], faults: readonly Finding[]): readonly RuleRun[] =>
  (Object.keys(waiverRules) as readonly WaiverFault[]).map((fault) => {
    const { id, slug } = waiverRules[fault];
    const subjects = waivers.filter(({ state }) => state !== "not asked").length;
    const found = faults.filter(({ rule }) => rule === id);
    return {
      rule: id,
      slug,
      environment: undefined,
      outcome: outcomeOf(subjects, found),
      subjects,
      findings: found.length,
    };
  });
