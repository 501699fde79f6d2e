import { parseOptions } from "../options.ts";

export const help = `Usage: npm run compare-engines [-- options]

Synthesizes the same sources with the engine of package.json (CDK Terrain under the name cdktf) and with the archived
cdktf 0.21 and @cdktf/provider-aws 21, and demands the same Terraform JSON but for the engine's own version. The archived
packages (400 MB) are installed from the npm registry once, into node_modules/.cache/compare-engines.

Options
  --json   print the result as JSON
  --help   this text

Exit status: 0 the same, 1 differences (each with stack, address, attribute and both values), 2 could not run.`;

/** What a run is asked for. */
export interface Request {
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads the arguments. Throws UsageError. */
export const parseRequest = (args: readonly string[]): Request =>
  parseOptions(args, { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } });
