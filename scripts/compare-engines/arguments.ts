import { parseArgs } from "node:util";

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

/** Reads the arguments. Throws an error whose message says what was got. */
export function parseRequest(args: readonly string[]): Request {
  try {
    return parseArgs({
      args: [...args],
      options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    }).values;
  } catch (error) {
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
    throw new Error(`${first.replace(/\. .*$|\.$/, "")} (see --help)`);
  }
}
