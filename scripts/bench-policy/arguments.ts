import { parseOptions, UsageError, wholeNumber } from "../options.ts";

/** Text of `--help`. */
export const usage = `Usage: npm run bench:policy -- [options]

Prints time and memory of the whole gate, each run in a fresh process: of this estate (out/, which npm start writes), of a plan
of one resource and of one of 2,000 against checkov on the same file, and how it grows from 1 to 50 copies of production.
Takes about three minutes.

  --copies N,N,...   copies of production, 1 to 50 (default 1,2,5,10,20,50)
  --runs N           runs of each, of which the median is printed, 1 to 20 (default 3)
  --checkov FILE     the checkov to compare with (default node_modules/.cache/checkov/bin/checkov, else that of PATH)
  --artefacts DIR    measure these outputs instead of out/
  --json             print the figures as JSON
  --help             this text

Without checkov its column stays empty. To get it:
  python3 -m venv node_modules/.cache/checkov && node_modules/.cache/checkov/bin/pip install checkov==3.3.30
`;

/** What a run is asked for. */
export interface Request {
  readonly copies: readonly number[];
  readonly runs: number;
  readonly checkov: string | undefined;
  readonly artefacts: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads the arguments. Throws UsageError. */
export function parseRequest(args: readonly string[]): Request {
  const values = parseOptions(args, {
    copies: { type: "string", default: "1,2,5,10,20,50" },
    runs: { type: "string", default: "3" },
    checkov: { type: "string" },
    artefacts: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  if (values.checkov?.trim() === "") throw new UsageError(`--checkov: got "${values.checkov}", must be a program`);
  return {
    copies: values.copies.split(",").map((text) => wholeNumber("--copies", text, 50)),
    runs: wholeNumber("--runs", values.runs, 20),
    checkov: values.checkov,
    artefacts: values.artefacts,
    json: values.json,
    help: values.help,
  };
}
