import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseRequest, type Request, usage } from "./bench-policy/arguments.ts";
import { copiesOf, planOf } from "./bench-policy/cases.ts";
import { findCheckov, scanned } from "./bench-policy/checkov.ts";
import { manyRules } from "./bench-policy/many-rules.ts";
import { measured } from "./bench-policy/measurement.ts";
import { type Case, type Figures, tablesOf } from "./bench-policy/tables.ts";
import { explain } from "./start/explain.ts";

const project = resolve(import.meta.dirname, "..");

async function figures({ artefacts, copies, runs, checkov }: Request, directory: string): Promise<Figures> {
  const out = resolve(artefacts ?? join(project, "out"));
  const program = await findCheckov(project, checkov);
  if (program === undefined) process.stderr.write("checkov is not installed: its column stays empty (see --help)\n");
  // The first run fills the caches that every later one finds.
  await measured(project, out, 1);
  process.stderr.write("this estate ...\n");
  const cases: Case[] = [{ name: "this estate", gate: await measured(project, out, runs) }];
  for (const [name, most] of [
    ["a plan of one resource", 1],
    ["a plan of 2,000", 2_000],
  ] as const) {
    process.stderr.write(`${name} ...\n`);
    const plan = planOf(out, most, join(directory, `plan-${most}.json`));
    const scanner = program === undefined ? {} : { scanner: await scanned(program, plan) };
    cases.push({ name, gate: await measured(project, plan, runs), ...scanner });
  }
  process.stderr.write("5,000 interfaces with 600,000 rules ...\n");
  const many = manyRules(join(directory, "many-rules"));
  cases.push({ name: "5,000 interfaces, 600,000 rules", gate: await measured(project, many, runs) });
  const growth: Case[] = [];
  for (const count of copies) {
    process.stderr.write(`${count} ${count === 1 ? "copy" : "copies"} of production ...\n`);
    const folder = copiesOf(out, count, join(directory, `copies-${count}`));
    growth.push({ name: String(count), gate: await measured(project, folder, count > 10 ? 1 : runs) });
  }
  return { cases, growth };
}

const directory = mkdtempSync(join(tmpdir(), "bench-policy-"));
try {
  const request = parseRequest(process.argv.slice(2));
  if (request.help) process.stdout.write(usage);
  else {
    const found = await figures(request, directory);
    process.stdout.write(request.json ? `${JSON.stringify(found, undefined, 2)}\n` : tablesOf(found));
  }
} catch (error) {
  process.stderr.write(`npm run bench:policy: ${explain(error, project)}\n`);
  process.exitCode = 2;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
