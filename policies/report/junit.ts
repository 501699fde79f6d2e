import type { RuleRun } from "../engine/judge.ts";
import type { Report, ReportedFinding } from "./report.ts";

/** JUnit's XML as build servers read it: a suite for each environment, a case for each rule. */
export function junitText(report: Report): string {
  const titles = new Map(report.rules.map(({ id, title }) => [id, title]));
  const suites = [...Map.groupBy(report.runs, ({ environment }) => environment ?? "outputs")].map(([name, runs]) => {
    const cases = runs.map((run) => caseOf(run, findingsOf(report, run), titles.get(run.rule) ?? run.slug));
    const skipped = runs.filter(({ outcome }) => outcome === "not-applicable").length;
    const failures = cases.filter(({ failed }) => failed).length;
    const counts = attributes({ name, tests: runs.length, failures, errors: 0, skipped });
    return {
      failures,
      tests: runs.length,
      text: `  <testsuite${counts}>\n${cases.map(({ text }) => text).join("")}  </testsuite>\n`,
    };
  });
  const total = (of: "failures" | "tests") => suites.reduce((sum, each) => sum + each[of], 0);
  const counts = attributes({ name: "policies", tests: total("tests"), failures: total("failures"), errors: 0 });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${counts}>\n${suites.map(({ text }) => text).join("")}</testsuites>\n`;
}

/** What a run found; one of no environment, as that over waivers is, whatever its rule found. */
const findingsOf = (report: Report, { rule, environment }: RuleRun): readonly ReportedFinding[] =>
  report.findings.filter(
    (each) => each.rule === rule && (environment === undefined || each.environment === environment),
  );

function caseOf(run: RuleRun, found: readonly ReportedFinding[], title: string) {
  const name = attributes({ classname: run.slug, name: `${run.rule} ${title}` });
  const open = found.filter(({ waiver }) => waiver === undefined);
  const accepted = found.filter(({ waiver }) => waiver !== undefined);
  const inside = [
    ...(run.outcome === "not-applicable" ? ['      <skipped message="nothing that it is for"/>\n'] : []),
    ...(open.length === 0
      ? []
      : [
          `      <failure${attributes({ type: open[0]?.severity ?? "", message: `${open.length} of ${run.subjects}` })}>${escaped(open.map(lineOf).join("\n"))}\nfix: ${escaped(open[0]?.fix ?? "")}</failure>\n`,
        ]),
    ...(accepted.length === 0
      ? []
      : [
          `      <system-out>${escaped(accepted.map((each) => `waived until ${each.waiver?.until}: ${lineOf(each)}`).join("\n"))}</system-out>\n`,
        ]),
  ];
  const text =
    inside.length === 0 ? `    <testcase${name}/>\n` : `    <testcase${name}>\n${inside.join("")}    </testcase>\n`;
  return { text, failed: open.length > 0 };
}

const lineOf = ({ environment, stack, resource, attribute, got, expected }: ReportedFinding): string =>
  `${[environment, stack, resource].filter((part) => part !== undefined).join("/")} ${attribute}: got ${got}, expected ${expected}`;

const attributes = (given: Readonly<Record<string, string | number>>): string =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Characters that XML 1.0 cannot hold or discourages, not even as an entity. */
const IMPOSSIBLE = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(IMPOSSIBLE, "\ufffd")
    .replace(/[&<>"']/g, (each) => entities[each] ?? each);
