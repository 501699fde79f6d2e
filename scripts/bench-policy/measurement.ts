import { join } from "node:path";
import { $ } from "zx";

/** What one process measured of some outputs. */
export interface Measurement {
  readonly resources: number;
  readonly objects: number;
  readonly hosts: number;
  readonly findings: number;
  /** By phase: `start` of Node, `code` loaded, outputs `read`, each judge, and the `whole`. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly peakMegabytes: number;
}

/** As `npm run policy` runs Node; much memory only for the largest cases. */
const flags = [
  "--max-semi-space-size=32",
  "--no-experimental-detect-module",
  "--preserve-symlinks",
  "--max-old-space-size=16384",
];

/** Measures the gate on outputs so many times, each in a process of its own: the run with the median of the whole. */
export async function measured(project: string, artefacts: string, runs: number): Promise<Measurement> {
  const quiet = $({
    cwd: project,
    quiet: true,
    env: { ...process.env, NODE_COMPILE_CACHE: "node_modules/.cache/node" },
  });
  const all: Measurement[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } =
      await quiet`${process.execPath} ${flags} ${join(project, "scripts/bench-policy/measure.ts")} ${artefacts}`;
    all.push(JSON.parse(stdout));
  }
  const sorted = all.toSorted((one, other) => (one.milliseconds["whole"] ?? 0) - (other.milliseconds["whole"] ?? 0));
  const [median] = sorted.slice(Math.floor(runs / 2));
  if (median === undefined) throw new Error(`measured nothing of ${artefacts}`);
  return median;
}
