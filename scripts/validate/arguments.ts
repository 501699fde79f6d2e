import { oneOf, parseOptions, wholeNumber } from "../options.ts";

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
  const { program, environment, stack, plan, jobs, help } = parseOptions(
    args,
    {
      environment: { type: "string", multiple: true, default: [] },
      stack: { type: "string", multiple: true, default: [] },
      plan: { type: "boolean", default: true },
      program: { type: "string", default: "terraform" },
      jobs: { type: "string", default: "2" },
      help: { type: "boolean", default: false },
    },
    { allowNegative: true },
  );
  return {
    jobs: wholeNumber("--jobs", jobs, 32),
    program: oneOf("--program", program, programs),
    environments: environment,
    stacks: stack,
    plan,
    help,
  };
}
