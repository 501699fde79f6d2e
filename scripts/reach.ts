import { resolve } from "node:path";
import { plain } from "../policies/report/words.ts";
import { run } from "./reach/run.ts";
import { explain } from "./start/explain.ts";

// A reader that has seen enough, such as head, ends the run without a word.
process.stdout.once("error", () => process.exit());

const root = resolve(import.meta.dirname, "..");
try {
  const { code, stdout } = run(process.argv.slice(2));
  process.stdout.write(stdout);
  process.exitCode = code;
} catch (error) {
  // An error may name what stands in others' files.
  process.stderr.write(`npm run reach: ${plain(explain(error, root))}\n`);
  process.exitCode = 2;
}
