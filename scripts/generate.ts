import { resolve } from "node:path";
import { explain } from "./start/explain.ts";
import { typeErrors } from "./start/type-check.ts";

// Loaded only now: a source that fails to load must not keep the compiler from saying why.
const root = resolve(import.meta.dirname, "..");
const typesChecked = typeErrors(root);
try {
  const { run } = await import("./generate/run.ts");
  const { catalogue } = await import("../services/catalogue.ts");
  const today = new Date().toISOString().slice(0, 10);
  const { code, stdout, stderr } = await run(process.argv.slice(2), { root, today, catalogue, typesChecked });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
} catch (error) {
  const errors = await typesChecked;
  const message = errors === undefined ? explain(error, root) : `the sources have type errors\n${errors}`;
  process.stderr.write(`npm run generate: ${message}\n`);
  process.exitCode = 2;
}
