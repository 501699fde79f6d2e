import { parseOptions, wholeNumber } from "../options.ts";

export const help = `Usage: npm run bench [-- options]

Times the phases of npm start, each run in a fresh process, and how they grow with copies of the catalogue;
then npm start as a whole against cdktn synth on the same sources. Takes about a minute and a half.

Options
  --copies N,N,...   copies of the catalogue, 1 to 80 (default 1,2,5,10,20,50)
  --runs N           runs of each whole command, of which the median is printed, 1 to 20 (default 5)
  --json             print the figures as JSON
  --help             this text
`;

/** What a run is asked for. */
export interface Request {
  readonly help: boolean;
  readonly json: boolean;
  readonly copies: readonly number[];
  readonly runs: number;
}

/** Reads the arguments. Throws UsageError. */
export function parseRequest(args: readonly string[]): Request {
  const values = parseOptions(args, {
    copies: { type: "string", default: "1,2,5,10,20,50" },
    runs: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  return {
    help: values.help,
    json: values.json,
    copies: values.copies.split(",").map((text) => wholeNumber("--copies", text, 80)),
    runs: wholeNumber("--runs", values.runs, 20),
  };
}
