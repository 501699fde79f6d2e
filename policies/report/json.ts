import { countsOf } from "./counts.ts";
import type { Report, ReportedFinding } from "./report.ts";

/** A report for programs: `findings.schema.json` says what stands where. Nothing is null but what outputs do not name. */
export function jsonText(report: Report): string {
  const facts = new Map(report.rules.map((each) => [each.id, each]));
  const json = {
    version: 1,
    counts: countsOf(report),
    judged: report.judged.map(({ environment, unread, ...counts }) => ({
      environment: environment ?? null,
      ...counts,
      unread: Object.fromEntries(unread),
    })),
    findings: report.findings.map(findingOf),
    waivers: report.waivers.map(({ waiver, state, findings }) => {
      const { rule, environment = null, stack = null, address, attribute = null, ...rest } = waiver;
      const { slug, severity } = facts.get(rule) ?? { slug: null, severity: null };
      const { waiversFile: source } = report;
      return {
        rule,
        slug,
        severity,
        environment,
        stack,
        source,
        resource: address,
        attribute,
        ...rest,
        state,
        findings,
      };
    }),
    rules: report.runs.map(({ environment, ...run }) => ({
      ...run,
      environment: environment ?? null,
      severity: facts.get(run.rule)?.severity ?? null,
      title: facts.get(run.rule)?.title ?? null,
    })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

const findingOf = ({ waiver, environment, stack, whole: _, ...finding }: ReportedFinding) => ({
  ...finding,
  environment: environment ?? null,
  stack: stack ?? null,
  waived: waiver !== undefined,
  ...(waiver === undefined ? {} : { waiver: { reason: waiver.reason, owner: waiver.owner, until: waiver.until } }),
});
