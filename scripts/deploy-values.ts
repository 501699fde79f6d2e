import { resolve } from "node:path";
import { run } from "./deploy-values/run.ts";

try {
  process.stdout.write(run(process.argv.slice(2), resolve(import.meta.dirname, "..")));
} catch (error) {
  process.stderr.write(`npm run deploy-values: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
