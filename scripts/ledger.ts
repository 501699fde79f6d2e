import { run } from "./ledger/run.ts";

try {
  const today = new Date().toISOString().slice(0, 10);
  const { code, stdout, stderr } = run(process.argv.slice(2), { root: process.cwd(), today, stream: process.stdout });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`npm run ledger: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
