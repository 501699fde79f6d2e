import { oneOf, parseOptions, UsageError } from "../options.ts";
import { type System, systems } from "./requirement.ts";
import { resultsPath } from "./results.ts";
import { type Status, statuses } from "./status.ts";

/** Text of `--help`. */
export const usage = `Usage: npm run requirements -- [options]

Says which requirements of docs/requirements.yaml are proven: a test that passed names the id in square brackets in its
title. Reads the report of the last npm test, and refuses one that is partial or older than a source.

  --system ID      only this system (${systems.join(", ")}); may be given more than once
  --status STATUS  list only these (${statuses.join(", ")}); may be given more than once; default planned and open
  --json           every requirement with status, decision and tests, for programs
  --results FILE   vitest's JSON report (default ${resultsPath})
  --write          write docs/generated/requirements.md, and nothing else; needs no report
  --check          fail when that page is stale, or a test that names a requirement did not pass
  --help           this text

Status: proven, "in part" where the rest is planned; planned, by a part that is not made yet; open, nothing is left to make but no test names it;
application, not this repository's.
Exit code: 0 told, or page written; 1 with --check, the page is stale or a claim did not pass; 2 could not tell.`;

/** What `npm run requirements` was asked for. */
export interface Request {
  readonly systems: readonly System[];
  readonly statuses: readonly Status[];
  readonly json: boolean;
  readonly results: string | undefined;
  readonly write: boolean;
  readonly check: boolean;
  readonly help: boolean;
}

/** Reads the arguments. Throws UsageError. */
export function parseRequest(args: readonly string[]): Request {
  const values = parseOptions(args, {
    system: { type: "string", multiple: true, default: [] },
    status: { type: "string", multiple: true, default: [] },
    json: { type: "boolean", default: false },
    results: { type: "string" },
    write: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  if (values.write && values.check) {
    throw new UsageError("--check: got --write too, allowed is one of both");
  }
  return {
    systems: values.system.map((name) => oneOf("--system", name, systems)),
    statuses: values.status.map((name) => oneOf("--status", name, statuses)),
    json: values.json,
    results: values.results,
    write: values.write,
    check: values.check,
    help: values.help,
  };
}
