import type { Estate } from "../model/estate.ts";
import type { AnyRule, Objection, Severity, Subject } from "./rule.ts";

/** What is wrong with one attribute of one resource. */
export interface Finding {
  readonly rule: string;
  readonly slug: string;
  readonly severity: Severity;
  readonly outcome: "fail" | "unknown";
  readonly environment: string | undefined;
  readonly stack: string | undefined;
  /** The file. */
  readonly source: string;
  /** As its program prints it. */
  readonly resource: string;
  readonly attribute: string;
  readonly got: string;
  /**
   * What `got` stands for where that shows but a part of it; of a secret a digest. Never printed: a waiver is of this very
   * value, and not of whatever looks alike.
   */
  readonly whole?: string;
  readonly expected: string;
  readonly fix: string;
}

/** How one rule went over one estate. `subjects` 0: not applicable. */
export interface RuleRun {
  readonly rule: string;
  readonly slug: string;
  readonly environment: string | undefined;
  readonly outcome: "pass" | "fail" | "unknown" | "not-applicable";
  readonly subjects: number;
  readonly findings: number;
}

/** What rules say of an estate. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly runs: readonly RuleRun[];
}

/** What a finding is about, whatever it got: the same before and after a change. */
export const keyOf = ({ rule, environment, stack, resource, attribute }: Finding): string =>
  [rule, environment, stack, resource, attribute].map((part) => part ?? "").join("\n");

/** The attribute of a finding that a rule could not judge at all: its own fault, on an output nobody thought of. */
export const BROKEN = "the rule itself";

/** Runs rules over one estate. All findings, in the order of rules and subjects. A rule that breaks is a finding, too. */
export function judge(estate: Estate, rules: readonly AnyRule[]): Judgement {
  const findings: Finding[] = [];
  const runs: RuleRun[] = [];
  for (const each of rules) {
    const { subjects, found } = judged(each, estate);
    // One by one: there may be more than a call takes arguments.
    for (const each of found) findings.push(each);
    runs.push({
      rule: each.id,
      slug: each.slug,
      environment: estate.environment,
      outcome: outcomeOf(subjects, found),
      subjects,
      findings: found.length,
    });
  }
  return { findings, runs };
}

function judged(each: AnyRule, estate: Estate): { readonly subjects: number; readonly found: readonly Finding[] } {
  try {
    const subjects = subjectsOf(each, estate);
    const found: Finding[] = [];
    for (const subject of subjects) {
      for (const said of each.check(subject, estate)) found.push(finding(each, subject, said, estate));
    }
    return { subjects: subjects.length, found };
  } catch (error) {
    const got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const everywhere: Subject = { at: { resource: each.appliesTo.name, stack: undefined, source: "" } };
    const said = { attribute: BROKEN, got, expected: "outputs that the rule can read", outcome: "unknown" } as const;
    return { subjects: 1, found: [finding(each, everywhere, said, estate)] };
  }
}

function subjectsOf(each: AnyRule, estate: Estate): readonly Subject[] {
  if (each.needsDeclaration && estate.declaration === undefined) return [];
  const all: readonly Subject[] = estate.of(each.appliesTo);
  return each.concerns === undefined ? all : all.filter((subject) => each.concerns?.(subject, estate));
}

function finding(each: AnyRule, subject: Subject, said: Objection, { environment }: Estate): Finding {
  const { resource, stack, source } = said.at ?? subject.at;
  const { id, slug, severity, fix } = each;
  const { attribute, got, whole, expected, outcome = "fail" } = said;
  return {
    ...{ rule: id, slug, severity, outcome, environment, stack, source, resource, attribute, got, expected, fix },
    ...(whole === undefined ? {} : { whole }),
  };
}

/** How a rule went, by what it found. */
export function outcomeOf(subjects: number, found: readonly Pick<Finding, "outcome">[]): RuleRun["outcome"] {
  if (subjects === 0) return "not-applicable";
  if (found.length === 0) return "pass";
  return found.some(({ outcome }) => outcome === "fail") ? "fail" : "unknown";
}
