import { parseOptions } from "../options.ts";

/** Text of `--help`. */
export const usage = `Usage: npm run parity -- [options]

Lets the public scanner (checkov) and our rules judge the same outputs of production, and demands that policies/parity.yaml
explains each difference. Then both judge the hostile firewalls of test/policies/fixtures/hostile: ours must catch every one.
Reads out/, which npm start writes. The scanner is installed below node_modules/.cache/checkov, by Python's pip; about a minute.

  --artefacts DIR   judge the production of these outputs instead of out/
  --json            print the comparison as JSON
  --help            this text

Exit code: 0 every difference is explained; 1 some are not, or an explanation explains nothing; 2 could not compare.
`;

/** What a run is asked for. */
export interface Request {
  readonly artefacts: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads the arguments. Throws UsageError. */
export const parseRequest = (args: readonly string[]): Request => {
  const { artefacts, json, help } = parseOptions(args, {
    artefacts: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  return { artefacts, json, help };
};
