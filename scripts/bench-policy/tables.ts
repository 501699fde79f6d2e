import Table from "cli-table3";
import type { Scanned } from "./checkov.ts";
import type { Measurement } from "./measurement.ts";

/** One line of a table. */
export interface Case {
  readonly name: string;
  readonly gate: Measurement;
  /** Of a plan, where the public scanner is installed. */
  readonly scanner?: Scanned;
}

/** All that was measured. */
export interface Figures {
  readonly cases: readonly Case[];
  readonly growth: readonly Case[];
}

const plain = { style: { head: [], border: [] } };

/** Times and memory, and against the scanner; then how they grow. */
export function tablesOf({ cases, growth }: Figures): string {
  const judges = Object.keys(cases[0]?.gate.milliseconds ?? {}).filter(
    (name) => !["start", "code", "read", "whole"].includes(name),
  );
  const phases = ["start", "code", "read", ...judges, "whole"];
  const amounts = ({ gate }: Case) => [gate.resources, gate.objects, gate.hosts];
  const times = ({ gate }: Case) => phases.map((name) => gate.milliseconds[name] ?? "");
  const head = ["resources", "objects", "hosts", ...phases.map((name) => `${name}, ms`), "MB"];
  const whole = new Table({ head: ["outputs", ...head, "checkov: checks, ms", "times faster"], ...plain });
  whole.push(
    ...cases.map((each) => [
      each.name,
      ...amounts(each),
      ...times(each),
      each.gate.peakMegabytes,
      each.scanner === undefined ? "" : `${each.scanner.checks}, ${each.scanner.milliseconds}`,
      faster(each),
    ]),
  );
  const growing = new Table({ head: ["copies", ...head, "read and judged, ms per resource"], ...plain });
  growing.push(
    ...growth.map((each) => [each.name, ...amounts(each), ...times(each), each.gate.peakMegabytes, perResource(each)]),
  );
  return `${whole.toString()}\n${growing.toString()}\n`;
}

const faster = ({ gate, scanner }: Case): string =>
  scanner === undefined ? "" : (scanner.milliseconds / (gate.milliseconds["whole"] ?? 1)).toFixed(1);

function perResource({ gate }: Case): string {
  const { whole = 0, start = 0, code = 0 } = gate.milliseconds;
  return ((whole - start - code) / gate.resources).toFixed(3);
}
