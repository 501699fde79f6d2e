import { parseOptions, UsageError, wholeNumber } from "../options.ts";

/** Text of `--help`. */
export const usage = `Usage: npm run mutate -- [options]

Breaks the real outputs, one mutation of a rule after the other, in memory, and demands that the rule finds more than before:
who watches the rules. A mutation that changes nothing proves nothing, and fails too. Production decides: of dev and staging rules ask less.
Reads out/, which npm start writes.

  --rule NAME         only this rule's mutations; may be given more than once
  --environment NAME  break this one instead of production; may be given more than once
  --all               break every environment; of others than production what is not noticed is told, and fails nothing
  --sample N          only so many, chosen by the seed
  --seed S            the seed of the sample, a whole number from 1 (default 1)
  --artefacts DIR     break these outputs instead of out/
  --json              print every mutation and what came of it as JSON
  --help              this text

Exit code: 0 every mutation of production was noticed, and none broke; 1 some were not; 2 could not try.
`;

/** What a run is asked for. */
export interface Request {
  readonly rules: readonly string[];
  /** None: all. */
  readonly environments: readonly string[];
  readonly sample: { readonly size: number; readonly seed: number } | undefined;
  readonly artefacts: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads the arguments. Throws UsageError. */
export function parseRequest(args: readonly string[]): Request {
  const values = parseOptions(args, {
    rule: { type: "string", multiple: true, default: [] },
    environment: { type: "string", multiple: true, default: [] },
    all: { type: "boolean", default: false },
    sample: { type: "string" },
    seed: { type: "string" },
    artefacts: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  if (values.seed !== undefined && values.sample === undefined) throw new UsageError("--seed: needs --sample");
  if (values.all && values.environment.length > 0) throw new UsageError("--all: got an --environment as well");
  return {
    rules: values.rule,
    environments: environments(values.all, values.environment),
    sample:
      values.sample === undefined
        ? undefined
        : {
            size: wholeNumber("--sample", values.sample, 1_000_000),
            seed: wholeNumber("--seed", values.seed ?? "1", 2 ** 32 - 1),
          },
    artefacts: values.artefacts,
    json: values.json,
    help: values.help,
  };
}

function environments(all: boolean, named: readonly string[]): readonly string[] {
  if (all) return [];
  return named.length === 0 ? ["production"] : named;
}
