import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { $ } from "zx";
import { help, parseRequest, type Request } from "./bench/arguments.ts";
import type { Measurement } from "./bench/phases.ts";

const project = join(import.meta.dirname, "..");
/** The flags of `npm start`. */
const flags = ["--max-semi-space-size=8", "--no-experimental-detect-module"];

/** Median wall time and largest memory of one process, over some runs. */
interface Whole {
  readonly command: string;
  readonly milliseconds: number;
}

const quiet = $({ cwd: project, quiet: true, env: { ...process.env, CDKTN_DISABLE_CREATION_STACK: "1" } });

async function phases(copies: number): Promise<Measurement> {
  const { stdout } = await quiet`node ${flags} scripts/bench/measure.ts ${copies}`;
  return JSON.parse(stdout);
}

async function whole(command: string, runs: number, run: () => Promise<unknown>): Promise<Whole> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    times.push(Math.round(performance.now() - start));
  }
  return { command, milliseconds: times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0 };
}

async function wholes(runs: number): Promise<readonly Whole[]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const [out, synth] = [join(directory, "out"), join(directory, "cdktf.out")];
  try {
    return [
      await whole("type check (tsc)", runs, () => quiet`npx tsc`),
      await whole("npm start", runs, () => quiet`npm start -- --output ${out}`),
      await whole("npm run cdktf -- synth", Math.min(runs, 3), () => quiet`npm run cdktf -- synth --output ${synth}`),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function print(measurements: readonly Measurement[], commands: readonly Whole[]): void {
  const names = measurements[0]?.phases.map(({ name }) => name) ?? [];
  const plain = { style: { head: [], border: [] } };
  const growth = new Table({
    head: ["copies", "resources", ...names.map((name) => `${name} ms`), "peak MB"],
    ...plain,
  });
  growth.push(
    ...measurements.map(({ copies, resources, phases: measured }) => [
      copies,
      resources,
      ...measured.map(({ milliseconds }) => milliseconds),
      Math.max(...measured.map(({ peakMegabytes }) => peakMegabytes)),
    ]),
  );
  const whole = new Table({ head: ["command", "median ms"], ...plain });
  whole.push(...commands.map(({ command, milliseconds }) => [command, milliseconds]));
  process.stdout.write(`${growth.toString()}\n${whole.toString()}\n`);
}

async function main(request: Request): Promise<void> {
  if (request.help) {
    process.stdout.write(help);
    return;
  }
  const measurements: Measurement[] = [];
  for (const copies of request.copies) {
    process.stderr.write(`${copies} ${copies === 1 ? "copy" : "copies"} ...\n`);
    measurements.push(await phases(copies));
  }
  process.stderr.write("whole commands ...\n");
  const commands = await wholes(request.runs);
  if (request.json) process.stdout.write(`${JSON.stringify({ measurements, commands }, null, 2)}\n`);
  else print(measurements, commands);
}

try {
  await main(parseRequest(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`npm run bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
