import { resolve } from "node:path";
import { parseCheckRequest } from "./options.ts";
import { run } from "./render-hosts/run.ts";
import { explain } from "./start/explain.ts";

const usage = `Usage: npm run render-hosts -- [options]

Renders every configuration file of every host of every environment with the real Ansible, without touching a host, into
ansible/generated/<environment>/rendered/<host>/, and removes what no role writes any more. Secrets stand as markers.
Needs npm run setup once, and npm run generate after a change of the catalogue. No cloud, no credentials. About a minute.

  --check   write nothing; list what differs
  --json    print what changed as JSON
  --help    this text

Exit code: 0 written, or nothing differs; 1 with --check, something differs; 2 could not render (nothing is written).`;

const root = resolve(import.meta.dirname, "..");
try {
  const request = parseCheckRequest(process.argv.slice(2));
  const { code, stdout, stderr } = request.help
    ? { code: 0, stdout: `${usage}\n`, stderr: "" }
    : await run(root, request);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`npm run render-hosts: ${explain(error, root)}\n`);
  process.exitCode = 2;
}
