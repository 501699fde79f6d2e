import { resolve } from "node:path";
import { run } from "./packages/run.ts";
import { explain } from "./start/explain.ts";

const root = resolve(import.meta.dirname, "..");
try {
  process.stdout.write(await run(root, process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`npm run packages: ${explain(error, root)}\n`);
  process.exitCode = 2;
}
