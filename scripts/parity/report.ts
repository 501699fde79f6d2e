import type { Comparison } from "./compare.ts";
import { entriesOf, type Table } from "./table.ts";

/** One hostile firewall: who catches it. */
export interface Hostile {
  readonly file: string;
  readonly ours: boolean;
  readonly scanner: boolean;
}

/** All that a run has found. */
export interface Parity {
  readonly table: Table;
  /** What is wrong with the table itself, also against the scanner's own list. */
  readonly faults: readonly string[];
  readonly comparison: Comparison;
  readonly scanner: { readonly passed: number; readonly failed: number; readonly milliseconds: number };
  readonly ours: { readonly subjects: number; readonly findings: number; readonly milliseconds: number };
  readonly hostile: readonly Hostile[];
}

/** Whether nothing is left to explain. */
export const isEven = ({ faults, comparison, hostile }: Parity): boolean =>
  faults.length === 0 &&
  comparison.unexplained.length === 0 &&
  comparison.unused.length === 0 &&
  hostile.length > 0 &&
  hostile.every(({ ours }) => ours);

/** How many checks the table gives to rules, and how many to each reason. */
export function countsOf(table: Table): Readonly<Record<string, number>> {
  const entries = [...entriesOf(table).values()];
  const of = (name: string | undefined): number => entries.filter(({ without }) => without === name).length;
  return {
    ...{ checks: entries.length, rules: of(undefined), declined: of("declined") },
    ...{ elsewhere: of("elsewhere"), notHeld: of("not-held") },
  };
}

/** For programs. */
export function jsonText(parity: Parity): string {
  const { table, faults, comparison, scanner, ours, hostile } = parity;
  const counts = countsOf(table);
  const json = {
    even: isEven(parity),
    scanner: { ...table.scanner, ...scanner },
    ours,
    counts,
    faults,
    ...comparison,
    hostile,
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** For people. */
export function textOf({ table, faults, comparison, scanner, ours, hostile }: Parity): string {
  const { checks, rules, declined, elsewhere, notHeld } = countsOf(table);
  const { agreed, explained, unexplained, unused, oursAlone } = comparison;
  const caught = (who: "ours" | "scanner"): string =>
    `${hostile.filter((each) => each[who]).length} of ${hostile.length}`;
  const differences = explained.reduce((sum, { resources }) => sum + resources, 0);
  return [
    `${table.scanner.name} ${table.scanner.version}: ${checks} checks of AWS and Kubernetes`,
    `  judged by rules of ours ${rules}; declined ${declined}; seen to elsewhere ${elsewhere}; no such resource ${notHeld}`,
    "",
    "production, judged by both",
    `  ${table.scanner.name.padEnd(8)} ${scanner.passed} passed, ${scanner.failed} failed, ${seconds(scanner.milliseconds)}`,
    `  ours     ${ours.subjects} subjects, ${ours.findings} findings, ${seconds(ours.milliseconds)}`,
    `  both object ${agreed.length}; ours alone ${oursAlone.length}; ${table.scanner.name} alone ${differences + unexplained.length}, explained ${differences}`,
    "",
    ...[...explained].sort(byCheck).map(({ check, resources, why }) => `  ${check} (${resources}): ${why}`),
    "",
    `hostile firewalls: ours catch ${caught("ours")}, ${table.scanner.name} ${caught("scanner")}`,
    ...hostile.map(
      ({ file, ours: we, scanner: it }) =>
        `  ${file.replace(/\.tf\.json$/, "").padEnd(26)} ours ${we ? "catch it" : "MISS IT "}  ${table.scanner.name} ${it ? "catches it" : "passes it"}`,
    ),
    ...listed(
      "not explained",
      unexplained.map(({ by, resource, because }) => `${by} ${resource}: ${because}`),
    ),
    ...listed(
      "explains nothing any more",
      unused.map(({ check, resources }) => `${check} ${resources}`),
    ),
    ...listed("wrong in policies/parity.yaml", faults),
    "",
  ].join("\n");
}

/** `CKV_AWS_9` before `CKV_AWS_18`. */
const byCheck = (one: { readonly check: string }, other: { readonly check: string }): number =>
  one.check.localeCompare(other.check, "en", { numeric: true });

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", `${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)];
