import type { Finding, RuleRun } from "../engine/judge.ts";
import type { RuleFacts } from "../engine/rule.ts";
import type { Estate } from "../model/estate.ts";
import type { Place } from "../model/place.ts";

/** What is said against a place. */
export interface Said {
  readonly at: Place;
  readonly attribute: string;
  readonly got: string;
  /** Every packet, of which `got` shows one: see `digestOf`. */
  readonly whole?: string;
  readonly expected: string;
  readonly outcome?: "fail" | "unknown";
}

/** What one of reachability's rules found. */
export interface Found {
  readonly rule: RuleFacts;
  /** How many were judged. */
  readonly subjects: number;
  readonly said: readonly Said[];
}

/** In the shape that all findings have. */
export const findingsOf = ({ environment }: Estate, { rule, said }: Found): readonly Finding[] =>
  said.map(({ at, attribute, got, whole, expected, outcome = "fail" }) => ({
    ...{ rule: rule.id, slug: rule.slug, severity: rule.severity, outcome, environment },
    ...{ stack: at.stack, source: at.source, resource: at.resource, attribute, got, expected, fix: rule.fix },
    ...(whole === undefined ? {} : { whole }),
  }));

export function runOf({ environment }: Estate, { rule, subjects, said }: Found): RuleRun {
  const common = { rule: rule.id, slug: rule.slug, environment, subjects, findings: said.length };
  if (subjects === 0) return { ...common, outcome: "not-applicable" };
  if (said.length === 0) return { ...common, outcome: "pass" };
  const failed = said.some(({ outcome = "fail" }) => outcome === "fail");
  return { ...common, outcome: failed ? "fail" : "unknown" };
}
