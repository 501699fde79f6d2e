import { resolve } from "node:path";
import { run } from "./mutate/run.ts";
import { suites } from "./mutate/suites.ts";
import { explain } from "./start/explain.ts";

// A reader that has seen enough, such as head, ends the run without a word.
process.stdout.once("error", () => process.exit());

const QUIET_MILLISECONDS = 5_000;

const root = resolve(import.meta.dirname, "..");
let told = performance.now();
try {
  const { code, stdout } = await run(process.argv.slice(2), root, suites, (done, of) => {
    if (performance.now() - told < QUIET_MILLISECONDS) return;
    told = performance.now();
    process.stderr.write(`npm run mutate: ${done} of ${of}\n`);
  });
  process.stdout.write(stdout);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`npm run mutate: ${explain(error, root)}\n`);
  process.exitCode = 2;
}
