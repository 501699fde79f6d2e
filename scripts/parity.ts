import { resolve } from "node:path";
import { run } from "./parity/run.ts";
import { explain } from "./start/explain.ts";

const root = resolve(import.meta.dirname, "..");
try {
  const { code, stdout } = await run(process.argv.slice(2), root, (doing) =>
    process.stderr.write(`npm run parity: ${doing}\n`),
  );
  process.stdout.write(stdout);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`npm run parity: ${explain(error, root)}\n`);
  process.exitCode = 2;
}
