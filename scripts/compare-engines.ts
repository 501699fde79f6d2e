import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { help, parseRequest } from "./compare-engines/arguments.ts";
import { differences } from "./compare-engines/compare.ts";
import { archived, type Engine, present } from "./compare-engines/engines.ts";
import { missingBindings, packagesIn } from "./compare-engines/imports.ts";
import { type Comparison, json, text } from "./compare-engines/report.ts";
import { synthesize } from "./compare-engines/synthesize.ts";
import { Processes } from "./validate/processes.ts";

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`npm run compare-engines: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<number> {
  const request = parseRequest(args);
  if (request.help) {
    console.log(help);
    return 0;
  }
  const root = process.cwd();
  const processes = new Processes();
  const scratch = mkdtempSync(join(tmpdir(), "compare-engines-"));
  const clean = () => rmSync(scratch, { recursive: true, force: true });
  const interrupt = async (signal: NodeJS.Signals) => {
    await processes.stop(5_000);
    clean();
    console.error("npm run compare-engines: interrupted");
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const comparison = await compare(root, scratch, processes);
    console.log(request.json ? json(comparison) : text(comparison));
    return comparison.missing.length + comparison.differences.length === 0 ? 0 : 1;
  } catch (error) {
    // What an interrupted program leaves undone is no fault; the handler above has the last word.
    if (processes.interrupted) return 130;
    throw error;
  } finally {
    clean();
  }
}

async function compare(root: string, scratch: string, processes: Processes): Promise<Comparison> {
  const ours = present(root);
  const theirs = await archived(root, packagesIn(root), processes, progress);
  const missing = missingBindings(root, theirs.modules);
  if (missing.length > 0) {
    return { engines: [ours, theirs], missing, differences: [], stacks: 0, resources: 0 };
  }
  const made = (engine: Engine) => {
    progress(`${engine.name}: synthesizing all environments`);
    return synthesize(root, engine, scratch, processes);
  };
  const a = await made(ours);
  const b = await made(theirs);
  const found = differences(a.stacks, b.stacks);
  return { engines: [ours, theirs], missing, differences: found, stacks: a.stacks.size, resources: a.resources };
}

/** On standard error: standard output holds the result alone. */
function progress(line: string): void {
  console.error(line);
}
