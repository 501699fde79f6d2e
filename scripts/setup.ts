import { resolve } from "node:path";
import { parseOptions } from "./options.ts";
import { run } from "./setup/run.ts";
import { explain } from "./start/explain.ts";

const usage = `Usage: npm run setup -- [options]

Installs the Python side of the project into .venv in the checkout: Ansible, its linter, and the stand-in of AWS that the
lab uses, exactly as requirements.txt pins them by digest. Does nothing where that is done already. Takes about a minute.
Needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv).

  --check   install nothing; say whether it is done
  --help    this text

Exit code: 0 installed, or was; 1 with --check, is not; 2 could not install (a half-made .venv is made anew next time).`;

const root = resolve(import.meta.dirname, "..");
try {
  const { check, help } = parseOptions(process.argv.slice(2), {
    check: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  if (help) console.log(usage);
  else process.exitCode = await run(root, { check });
} catch (error) {
  process.stderr.write(`npm run setup: ${explain(error, root)}\n`);
  process.exitCode = 2;
}
