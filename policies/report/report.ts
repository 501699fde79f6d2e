import { type Finding, type Judgement, outcomeOf, type RuleRun } from "../engine/judge.ts";
import { type RuleFacts, type Severity, severities } from "../engine/rule.ts";
import type { Estate } from "../model/estate.ts";
import { type AppliedWaiver, applyWaivers } from "../waivers/apply.ts";
import { type WaiverFault, waiverRules } from "../waivers/faults.ts";
import type { Waiver } from "../waivers/waiver.ts";

/** A finding, and who accepts it where somebody does. */
export interface ReportedFinding extends Finding {
  readonly waiver: Waiver | undefined;
}

/** How much was judged of an environment. */
export interface Judged {
  /** Nothing for outputs that name none. */
  readonly environment: string | undefined;
  readonly states: number;
  readonly resources: number;
  readonly objects: number;
  readonly hosts: number;
  /** Types of resources that no rule read, and how many there are of each. */
  readonly unread: ReadonlyMap<string, number>;
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

/** A judge of estates, and all that it may find. */
export interface Judge {
  /** As `npm run bench:policy` calls it. */
  readonly name: string;
  readonly rules: readonly RuleFacts[];
  readonly judge: (estate: Estate) => Judgement;
}

/** What a run goes by, beside its judges. */
export interface Circumstances {
  readonly waivers: readonly Waiver[];
  readonly waiversFile: string;
  /** `2026-11-21` */
  readonly today: string;
  /** Told after each environment. */
  readonly progress?: (done: string) => void;
}

/** Lets every judge judge every estate, and sets the waivers against what they find. */
export function reportOf(estates: readonly Estate[], judges: readonly Judge[], given: Circumstances): Report {
  const judgements = estates.flatMap((estate) => {
    const said = judges.map(({ judge }) => judge(estate));
    given.progress?.(estate.environment ?? "outputs");
    return said;
  });
  const found = judgements.flatMap(({ findings }) => findings);
  const environments = estates.map(({ environment }) => environment);
  const source = given.waiversFile;
  const { accepted, waivers, faults } = applyWaivers(found, given.waivers, {
    today: given.today,
    environments,
    source,
  });
  const findings = [...found, ...faults].map((finding) => ({ ...finding, waiver: accepted.get(finding) }));
  return {
    rules: [...judges.flatMap(({ rules }) => rules), ...Object.values(waiverRules)],
    judged: estates.map(judgedOf),
    runs: [...judgements.flatMap(({ runs }) => runs), ...runsOfWaivers(waivers, faults)],
    findings: findings.sort((one, other) => rank(one.severity) - rank(other.severity)),
    waivers,
    waiversFile: source,
  };
}

/** Findings that nobody accepts: with any, a run ends with 1. */
export const unwaived = ({ findings }: Report): readonly ReportedFinding[] =>
  findings.filter(({ waiver }) => waiver === undefined);

const rank = (severity: Severity): number => severities.indexOf(severity);

const judgedOf = ({ environment, terraform, manifests, hosts }: Estate): Judged => ({
  environment,
  states: terraform.documents.length,
  resources: terraform.resources.length,
  objects: manifests.length,
  hosts: hosts.length,
  unread: terraform.unread,
});

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
