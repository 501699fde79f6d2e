import type { Finding } from "../../../policies/engine/judge.ts";
import type { RuleFacts } from "../../../policies/engine/rule.ts";
import { Estate } from "../../../policies/model/estate.ts";
import { readConfiguration } from "../../../policies/model/terraform/document.ts";
import { type Circumstances, type Report, reportOf } from "../../../policies/report/report.ts";
import { type Judge, verdictOf } from "../../../policies/report/verdict.ts";

/** What one rule of a test is. */
export const facts: RuleFacts = {
  id: "DATA-900",
  slug: "example-rule",
  severity: "high",
  title: "Everything <is> as it should & must be",
  why: "Because.",
  fix: 'Set it to "right".',
  requirements: ["TKT-1.1"],
};

/** A finding of that rule, or otherwise as given. */
export const finding = (given: Partial<Finding> = {}): Finding => ({
  ...{ rule: facts.id, slug: facts.slug, severity: facts.severity, outcome: "fail", fix: facts.fix },
  ...{ environment: "production", stack: "data", source: "out/terraform/production/data/cdk.tf.json" },
  ...{ resource: "aws_x.a", attribute: "size", got: "1", expected: "2" },
  ...given,
});

/** An environment with one resource that no rule reads. */
export const estate = (environment: string | undefined = "production"): Estate =>
  new Estate({
    environment,
    documents: [
      readConfiguration({ resource: { aws_x: { a: {} } } }, { environment, stack: "data", source: "cdk.tf.json" }),
    ],
  });

/** A judge that always finds the same. */
export const judgeThatFinds = (findings: readonly Finding[], rules: readonly RuleFacts[] = [facts]): Judge => ({
  name: "data",
  rules,
  judge: ({ environment }) => {
    const own = findings.filter((each) => each.environment === environment);
    return {
      findings: own,
      runs: rules.map(({ id, slug }) => {
        const count = own.filter(({ rule }) => rule === id).length;
        return { rule: id, slug, environment, outcome: count === 0 ? "pass" : "fail", subjects: 3, findings: count };
      }),
    };
  },
});

/** A report of these findings in production. */
export const report = (
  findings: readonly Finding[],
  given: Partial<Circumstances & { readonly rules: readonly RuleFacts[] }> = {},
): Report =>
  reportOf(verdictOf([estate()], [judgeThatFinds(findings, given.rules ?? [facts])]), {
    waivers: [],
    waiversFile: "policies/waivers.yaml",
    today: "2026-11-21",
    ...given,
  });
