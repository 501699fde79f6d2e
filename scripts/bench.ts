import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { $ } from "zx";
import { help, parseRequest, type Request } from "./bench/arguments.ts";
import type { Measurement } from "./bench/phases.ts";
import { type Whole, whole } from "./bench/whole.ts";

const project = join(import.meta.dirname, "..");
/** As `npm start` runs Node. */
const flags = ["--min-semi-space-size=16", "--max-semi-space-size=16", "--no-experimental-detect-module"];
const quiet = $({
  cwd: project,
  quiet: true,
  env: { ...process.env, CDKTN_DISABLE_CREATION_STACK: "1", NODE_COMPILE_CACHE: "node_modules/.cache/node" },
});

async function phases(copies: number): Promise<Measurement> {
  const { stdout } = await quiet`node ${flags} scripts/bench/measure.ts ${copies}`;
  return JSON.parse(stdout);
}

async function commands(runs: number): Promise<readonly Whole[]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const [out, synth] = [join(directory, "out"), join(directory, "cdktf.out")];
  try {
    return [
      await whole("tsc", [], project, runs),
      await whole("npm", ["start", "--", "--output", out], project, runs),
      await whole("npm", ["run", "cdktf", "--", "synth", "--output", synth], project, runs),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function tables(measurements: readonly Measurement[], wholes: readonly Whole[]): string {
  const names = measurements[0]?.phases.map(({ name }) => name) ?? [];
  const plain = { style: { head: [], border: [] } };
  const growth = new Table({ head: ["copies", "resources", ...names.map((name) => `${name}: ms, MB`)], ...plain });
  growth.push(
    ...measurements.map(({ copies, resources, phases: measured }) => [
      copies,
      resources,
      ...measured.map(({ milliseconds, peakMegabytes }) => `${milliseconds}, ${peakMegabytes}`),
    ]),
  );
  const whole = new Table({ head: ["command", "median ms", "largest process, MB"], ...plain });
  whole.push(
    ...wholes.map(({ command, milliseconds, peakMegabytes }) => [command, milliseconds, peakMegabytes ?? "unknown"]),
  );
  return `${growth.toString()}\n${whole.toString()}\n`;
}

async function main(request: Request): Promise<void> {
  if (request.help) {
    process.stdout.write(help);
    return;
  }
  // The first run fills the caches that every later one finds.
  await phases(1);
  const measurements: Measurement[] = [];
  for (const copies of request.copies) {
    process.stderr.write(`${copies} ${copies === 1 ? "copy" : "copies"} of the catalogue ...\n`);
    measurements.push(await phases(copies));
  }
  process.stderr.write("whole commands ...\n");
  const wholes = await commands(request.runs);
  process.stdout.write(
    request.json ? `${JSON.stringify({ measurements, wholes }, null, 2)}\n` : tables(measurements, wholes),
  );
}

try {
  await main(parseRequest(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`npm run bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
