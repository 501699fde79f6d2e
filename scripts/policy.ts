import { resolve } from "node:path";
import { plain } from "../policies/report/words.ts";
import { run } from "./policy/run.ts";
import { explain } from "./start/explain.ts";

// A reader that has seen enough, such as head, ends the run without a word.
process.stdout.once("error", () => process.exit());

/** A run that takes longer says what it has done; most are over before. */
const QUIET_MILLISECONDS = 3_000;

const root = resolve(import.meta.dirname, "..");
try {
  const { code, stdout } = await run(process.argv.slice(2), {
    root,
    today: new Date().toISOString().slice(0, 10),
    stream: process.stdout,
    progress(done) {
      if (performance.now() > QUIET_MILLISECONDS) process.stderr.write(`npm run policy: ${plain(done)}\n`);
    },
  });
  process.stdout.write(stdout);
  process.exitCode = code;
} catch (error) {
  // An error may name what stands in others' files.
  process.stderr.write(`npm run policy: ${plain(explain(error, root))}\n`);
  process.exitCode = 2;
}
