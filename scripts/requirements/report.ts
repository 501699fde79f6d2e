import Table from "cli-table3";
import type { Claims } from "./claims.ts";
import { type Requirement, systemOf, systems } from "./requirement.ts";
import { columns, countsOf, type Status, statusOf } from "./status.ts";

/** How many requirements stand where, and which. */

/** A requirement with its status and the test files that prove it. */
interface Judged extends Requirement {
  readonly status: Status;
  readonly tests: readonly string[];
}

/** Every requirement, judged by the tests that passed. */
export const judged = (requirements: readonly Requirement[], passed: Claims): readonly Judged[] =>
  requirements.map((each) => ({ ...each, status: statusOf(each, passed), tests: passed.get(each.id) ?? [] }));

const style = { head: [], border: [] };

/** Counts by system, then by layer; a requirement counts in each of its layers. */
export function counts(all: readonly Judged[]): string {
  const layers = [...new Set(all.flatMap(({ layer }) => layer))].sort();
  const bySystem = systems.map((system) => [system, all.filter((each) => systemOf(each) === system)] as const);
  const byLayer = layers.map((layer) => [layer, all.filter((each) => each.layer.includes(layer))] as const);
  return `${tableOf("system", [...bySystem, ["all", all]])}\n${tableOf("layer", byLayer)}`;
}

function tableOf(by: string, groups: readonly (readonly [name: string, of: readonly Judged[]])[]): string {
  const table = new Table({
    head: [by, ...columns],
    colAligns: ["left", ...columns.map(() => "right" as const)],
    style,
  });
  const rows = groups.filter(([, of]) => of.length > 0);
  table.push(...rows.map(([name, of]) => [name, ...countsOf(of.map((each) => [each, each.status]))]));
  return table.toString();
}

/** Those of the given statuses, a row each: what is asked, and which part will answer. */
export function list(all: readonly Judged[], wanted: readonly Status[]): string {
  const table = new Table({
    head: ["id", "status", "by", "decision"],
    colWidths: [12, 13, 24, 90],
    wordWrap: true,
    style,
  });
  table.push(
    ...all
      .filter(({ status }) => wanted.includes(status))
      .map((each) => [each.id, each.status, by(each), each.decision]),
  );
  return table.toString();
}

const by = ({ status, planned = [], tests }: Judged) =>
  status === "proven" ? tests.map((file) => file.replace(/^.*\//, "")).join(" ") : planned.join(", ");

/** One line: how many are proven of those that are ours, and what did not run. */
export function closing(all: readonly Judged[], skipped: number): string {
  const [proven = 0, part = 0, planned = 0, open = 0, application = 0] = countsOf(
    all.map((each) => [each, each.status]),
  );
  const ours = all.length - application;
  const line = `${proven} of ${ours} proven (${part} of them in part), ${planned} planned, ${open} open`;
  return skipped === 0 ? line : `${line}; ${skipped} ${skipped === 1 ? "test" : "tests"} did not run`;
}
