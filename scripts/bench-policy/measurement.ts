import { join } from "node:path";
import { $ } from "zx";

/** Parts of the work, in their order. */
export const phases = ["start", "code", "read", "model", "rules", "reachability"] as const;
export type Phases = Readonly<Record<(typeof phases)[number], number>>;

/** What the gate did with some outputs, as it is run. */
interface Gate {
  readonly resources: number;
  readonly objects: number;
  readonly hosts: number;
  readonly findings: number;
  /** From the start of Node to its end. */
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/** The gate, and its parts one after the other. */
export interface Measurement extends Gate {
  readonly phases: Phases;
}

/** As `npm run policy` runs Node; much memory only for the largest cases. */
const flags = [
  "--min-semi-space-size=16",
  "--max-semi-space-size=16",
  "--no-experimental-detect-module",
  "--preserve-symlinks",
  "--max-old-space-size=16384",
];

/** Measures the gate on outputs so many times, each in a process of its own: the median, and that of its parts. */
export async function measured(project: string, artefacts: string, runs: number): Promise<Measurement> {
  const gate = await median<Gate>(project, "gate", artefacts, runs, ({ milliseconds }) => milliseconds);
  const parts = await median<Phases>(project, "phases", artefacts, runs, sumOf);
  return { ...gate, phases: parts };
}

const sumOf = (given: Phases): number => phases.reduce((total, name) => total + given[name], 0);

/** The run with the median of what is measured. */
async function median<Measured>(
  project: string,
  program: "gate" | "phases",
  artefacts: string,
  runs: number,
  of: (measured: Measured) => number,
): Promise<Measured> {
  const quiet = $({
    cwd: project,
    quiet: true,
    env: { ...process.env, NODE_COMPILE_CACHE: "node_modules/.cache/node" },
  });
  const path = join(project, `scripts/bench-policy/${program}.ts`);
  const all: Measured[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await quiet`${process.execPath} ${flags} ${path} ${artefacts}`;
    all.push(JSON.parse(stdout));
  }
  const [found] = all.toSorted((one, other) => of(one) - of(other)).slice(Math.floor(runs / 2));
  if (found === undefined) throw new Error(`measured nothing of ${artefacts}`);
  return found;
}
