import { parseArgs } from "node:util";

/** Programs that the stacks must be accepted by, as they are called. */
const programs = ["terraform", "tofu"] as const;
export type Program = (typeof programs)[number];

/** What `npm run validate` was asked for. */
export interface Request {
  /** Only these; all when empty. */
  readonly environments: readonly string[];
  /** Only these; all when empty. */
  readonly stacks: readonly string[];
  readonly plan: boolean;
  readonly program: Program;
  /** Stacks worked on at the same time. */
  readonly jobs: number;
  readonly help: boolean;
}

/** A fault of whoever called: one line with what is wrong, the value got and what is allowed; exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Text of `--help`. */
export const usage = `Usage: npm run validate -- [options]

Checks every synthesized stack with the real terraform and the real AWS provider: init, validate, and an offline
plan with dummy credentials. Plans go to out/plans/<environment>/<stack>.json. Run npm start first.
With --program tofu the same is asked of OpenTofu; out/plans stays as it is, for plans are read as Terraform's.

  --environment NAME   only this environment; may be given more than once
  --stack NAME         only this stack; may be given more than once
  --no-plan            stop after validate
  --program NAME       terraform (default) or tofu
  --jobs N             stacks at the same time, 1 to 32 (default 2)
  --help               this text

Exit code: 0 all passed, 1 a stack failed, 2 could not run.
The program finds its provider as it always does: in its public registry, or where TF_CLI_CONFIG_FILE points. A mirror
for tofu holds it under registry.opentofu.org.`;

/** Reads the command line; throws UsageError. */
export function parseRequest(args: readonly string[]): Request {
  const values = parse(args);
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 32) {
    throw new UsageError(`--jobs: got "${values.jobs}", must be a whole number from 1 to 32`);
  }
  const program = programs.find((name) => name === values.program);
  if (program === undefined) {
    throw new UsageError(`--program: got "${values.program}", allowed are ${programs.join(", ")}`);
  }
  return {
    program,
    environments: values.environment,
    stacks: values.stack,
    plan: values.plan,
    jobs,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        environment: { type: "string", multiple: true, default: [] },
        stack: { type: "string", multiple: true, default: [] },
        plan: { type: "boolean", default: true },
        program: { type: "string", default: "terraform" },
        jobs: { type: "string", default: "2" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message.split(". ", 1).join("") : error} (see --help)`);
  }
}
