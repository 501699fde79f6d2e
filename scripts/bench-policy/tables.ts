import Table from "cli-table3";
import type { Scanned } from "./checkov.ts";
import { type Measurement, phases } from "./measurement.ts";

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
  const head = ["resources", "objects", "hosts", "gate, ms", "MB"];
  const parts = phases.map((name) => `${name}, ms`);
  const whole = new Table({ head: ["outputs", ...head, "checkov: checks, ms", "times faster"], ...plain });
  whole.push(
    ...cases.map((each) => [
      ...[each.name, ...amounts(each)],
      each.scanner === undefined ? "" : `${each.scanner.checks}, ${each.scanner.milliseconds}`,
      faster(each),
    ]),
  );
  const alone = new Table({ head: ["parts", ...parts], ...plain });
  alone.push(...cases.map((each) => [each.name, ...times(each)]));
  const growing = new Table({ head: ["copies", ...head, ...parts, "gate, ms per resource"], ...plain });
  growing.push(...growth.map((each) => [each.name, ...amounts(each), ...times(each), perResource(each)]));
  return `${whole.toString()}\n${alone.toString()}\n${growing.toString()}\n`;
}

const amounts = ({ gate }: Case): readonly number[] => [
  ...[gate.resources, gate.objects, gate.hosts],
  ...[gate.milliseconds, gate.peakMegabytes],
];

const times = ({ gate }: Case): readonly number[] => phases.map((name) => gate.phases[name]);

const faster = ({ gate, scanner }: Case): string =>
  scanner === undefined ? "" : (scanner.milliseconds / gate.milliseconds).toFixed(1);

const perResource = ({ gate }: Case): string => (gate.milliseconds / gate.resources).toFixed(3);
