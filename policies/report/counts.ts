import { type Severity, severities } from "../engine/rule.ts";
import { type Report, unwaived } from "./report.ts";

/** What a run comes to in figures. */
export interface Counts {
  readonly environments: number;
  readonly states: number;
  readonly resources: number;
  readonly objects: number;
  readonly hosts: number;
  /** Rules that there are, those that had something to judge in some environment, and the others. */
  readonly rules: number;
  readonly rulesRun: number;
  readonly rulesNotApplicable: number;
  readonly subjects: number;
  /** All; of them `unwaived`, and these by severity. */
  readonly findings: number;
  readonly waived: number;
  readonly unwaived: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Types of resources that no rule reads, and how many there are. */
  readonly unreadTypes: Readonly<Record<string, number>>;
}

/** Counts a report. */
export function countsOf(report: Report): Counts {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  const total = (of: "states" | "resources" | "objects" | "hosts") => sum(report.judged.map((each) => each[of]));
  const run = new Set(report.runs.filter(({ outcome }) => outcome !== "not-applicable").map(({ rule }) => rule));
  const left = unwaived(report);
  const bySeverity = severities.map((severity) => [severity, left.filter((each) => each.severity === severity).length]);
  return {
    environments: report.judged.length,
    states: total("states"),
    resources: total("resources"),
    objects: total("objects"),
    hosts: total("hosts"),
    rules: report.rules.length,
    rulesRun: run.size,
    rulesNotApplicable: report.rules.length - run.size,
    subjects: sum(report.runs.map(({ subjects }) => subjects)),
    findings: report.findings.length,
    waived: report.findings.length - left.length,
    unwaived: left.length,
    bySeverity: Object.fromEntries(bySeverity) as Counts["bySeverity"],
    unreadTypes: unreadTypes(report),
  };
}

function unreadTypes({ judged }: Report): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { unread } of judged) {
    for (const [type, count] of unread) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}
