import type { Severity } from "../engine/rule.ts";
import { countsOf } from "./counts.ts";
import { type Report, type ReportedFinding, unwaived } from "./report.ts";
import { brief, counted, plain } from "./words.ts";

/** How a kind of word is set off: colours on a terminal, nothing elsewhere. */
export type Style = (kind: Severity | "title" | "faint" | "good", text: string) => string;

/** A report for a reviewer: what is worst first, then each rule with the resources that break it, then the counts. */
export function textOf(report: Report, style: Style): string {
  const titles = new Map(report.rules.map(({ id, title }) => [id, title]));
  const rules = [...Map.groupBy(unwaived(report), ({ rule }) => rule).values()];
  const blocks = rules.map((found) => blockOf(found, titles, style));
  const accepted = report.findings.filter(({ waiver }) => waiver !== undefined);
  return [...blocks, ...(accepted.length === 0 ? [] : [acceptedBlock(accepted, style)]), closing(report, style)].join(
    "\n",
  );
}

/** A rule, why it objects to which resources, and what to do. */
function blockOf(found: readonly ReportedFinding[], titles: ReadonlyMap<string, string>, style: Style): string {
  const [first] = found;
  if (first === undefined) return "";
  const { severity, rule, slug, fix } = first;
  const places = Map.groupBy(found, (each) => `${each.stack ?? ""}\n${each.resource}`);
  return [
    `${style(severity, severity)} ${style("title", rule)} ${titles.get(rule) ?? slug}`,
    ...[...places.values()].flatMap((at) => linesAt(at, style)),
    `  ${style("faint", "fix:")} ${plain(fix)}`,
    "",
  ].join("\n");
}

/** A resource with what is wrong of it; where it is the same in several environments, once. */
function linesAt(found: readonly ReportedFinding[], style: Style): readonly string[] {
  const faults = Map.groupBy(found, ({ attribute, got, expected }) => JSON.stringify([attribute, got, expected]));
  const [first] = found;
  const stack = first?.stack === undefined ? "" : ` ${style("faint", `in ${plain(first.stack)}`)}`;
  return [
    `  ${plain(first?.resource ?? "")}${stack}`,
    ...[...faults.values()].map((same) => {
      const environments = same.flatMap(({ environment }) => environment ?? []);
      const [{ attribute = "", got = "", expected = "" } = {}] = same;
      const where = environments.length === 0 ? "" : `${environments.map(plain).join(", ")}: `;
      return `    ${where}${plain(attribute)}: got ${brief(got)} -> expected ${brief(expected)}`;
    }),
  ];
}

const acceptedBlock = (accepted: readonly ReportedFinding[], style: Style): string =>
  [
    style("faint", "accepted for a while"),
    ...accepted.map(({ rule, environment, resource, attribute, waiver }) => {
      const where = [environment, resource, attribute]
        .filter((part) => part !== undefined)
        .map(plain)
        .join(" ");
      return `  ${rule} ${where}: until ${waiver?.until} by ${plain(waiver?.owner ?? "")}: ${brief(waiver?.reason ?? "")}`;
    }),
    "",
  ].join("\n");

/** The last lines: how much was judged, by how many rules, and what came of it. */
export function closing(report: Report, style: Style): string {
  const counts = countsOf(report);
  const unread = Object.entries(counts.unreadTypes).sort(([, one], [, other]) => other - one);
  const unreadCount = unread.reduce((sum, [, count]) => sum + count, 0);
  const severities = Object.entries(counts.bySeverity).filter(([, count]) => count > 0);
  const verdict = `${counted(counts.unwaived, "finding")}${severities.length === 0 ? "" : ` (${severities.map(([severity, count]) => `${count} ${severity}`).join(", ")})`}`;
  return [
    ...(unread.length === 0
      ? []
      : [
          `read by no rule: ${counted(unreadCount, "resource")} of ${counted(unread.length, "type")}: ${shortList(unread)}`,
        ]),
    `judged: ${counted(counts.environments, "environment")}, ${counted(counts.states, "state")}, ${counted(counts.resources, "resource")}, ${counted(counts.objects, "object")}, ${counted(counts.hosts, "host")}`,
    `rules: ${counts.rulesRun} of ${counts.rules} run on ${counted(counts.subjects, "subject")}, ${counts.rulesNotApplicable} not applicable`,
    `${style(counts.unwaived === 0 ? "good" : "critical", verdict)}, ${counts.waived} waived`,
    "",
  ].join("\n");
}

/** Types that a reader is told of; all stand in the JSON. */
const MOST_TYPES = 6;

const shortList = (types: readonly (readonly [type: string, count: number])[]): string =>
  [
    ...types.slice(0, MOST_TYPES).map(([type, count]) => `${plain(type)} ${count}`),
    ...(types.length > MOST_TYPES ? [`${types.length - MOST_TYPES} more types`] : []),
  ].join(", ");
