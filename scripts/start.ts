import { resolve } from "node:path";
import { explain } from "./start/explain.ts";
import { typeErrors } from "./start/type-check.ts";

// A reader that has seen enough, such as head, ends the run without a word.
process.stdout.once("error", () => process.exit());

// Loaded only now: a source that fails to load must not keep the compiler from saying why.
const root = resolve(import.meta.dirname, "..");
const typesChecked = typeErrors(root);
try {
  const { run } = await import("./start/run.ts");
  const { code, stdout } = await run(process.argv.slice(2), typesChecked);
  process.stdout.write(stdout);
  process.exitCode = code;
} catch (error) {
  // The compiler says more of a mistake than whatever comes of it.
  const errors = await typesChecked;
  const message = errors === undefined ? explain(error, root) : `the sources have type errors\n${errors}`;
  process.stderr.write(`npm start: ${message}\n`);
  process.exitCode = 2;
}
