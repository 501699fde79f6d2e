import { tmpdir } from "node:os";
import { join } from "node:path";
import { fs, which } from "zx";
import { UsageError } from "./options.ts";
import { type Program, parseRequest, usage } from "./validate/arguments.ts";
import { checkStack, type Run } from "./validate/check.ts";
import { checkCliConfig, checkVersion, download, terraformVariables } from "./validate/environment.ts";
import { readEstate, type StackFile, select } from "./validate/estate.ts";
import { PlanFolder } from "./validate/plans.ts";
import { oneAtATime, Processes } from "./validate/processes.ts";
import { errorText, type Outcome, progressLine, table } from "./validate/report.ts";
import { type Stubs, stubsOf } from "./validate/stubs.ts";

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  console.error(`npm run validate: ${error.message}`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<number> {
  const request = parseRequest(args);
  if (request.help) {
    console.log(usage);
    return 0;
  }
  const out = join(process.cwd(), "out");
  const estate = readEstate(out);
  const files = select(estate, request);
  const processes = new Processes();
  const { program } = request;
  const variables = await preflight(program, processes);
  const scratch = fs.mkdtempSync(join(tmpdir(), "validate-"));
  // Plans are read as Terraform's: those of another program go with the scratch directory.
  const plans = request.plan ? new PlanFolder(program === "terraform" ? out : join(scratch, "out")) : undefined;
  // The lock is made from Terraform's registry.
  const withLock = program === "terraform" && variables["TF_CLI_CONFIG_FILE"] === undefined;
  const inits = oneAtATime();
  const run = { program, estate, stubs: stubsOf(estate), scratch, processes, variables, inits, plans, withLock };
  const interrupt = async (signal: NodeJS.Signals) => {
    await processes.stop(5_000);
    fs.removeSync(scratch);
    console.error("npm run validate: interrupted");
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const outcomes = await checkAll(files, run, request.jobs);
    if (plans !== undefined && !processes.interrupted) {
      plans.prune(estate);
      recordStubs(plans, files, run);
    }
    return processes.interrupted ? 130 : report(outcomes);
  } finally {
    fs.removeSync(scratch);
  }
}

/** Finds what the program needs before any stack is touched. */
async function preflight(program: Program, processes: Processes): Promise<Record<string, string>> {
  if ((await which(program, { nothrow: true })) === null) {
    throw new UsageError(`${program} is missing: install 1.11 or newer, ${download[program]}`);
  }
  checkCliConfig(process.env);
  const variables = terraformVariables(process.env, join(process.cwd(), "node_modules/.cache/terraform"));
  fs.ensureDirSync(variables["TF_PLUGIN_CACHE_DIR"] ?? tmpdir());
  const { stdout } = await processes.run(program, ["version", "-json"], { cwd: tmpdir(), env: variables });
  checkVersion(program, stdout);
  return variables;
}

/** Checks all stacks, `jobs` at a time, and prints each when it is done. */
async function checkAll(files: readonly StackFile[], run: Run, jobs: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...files.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [position, file] = next;
      const outcome = await checkStack(file, run);
      if (run.processes.interrupted) {
        return;
      }
      console.log(progressLine(outcome));
      outcomes[position] = outcome;
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return outcomes;
}

function recordStubs(plans: PlanFolder, files: readonly StackFile[], { stubs, estate }: Run): void {
  for (const environment of new Set(files.map((file) => file.environment))) {
    const known = estate
      .filter((file) => file.environment === environment)
      .flatMap((file): [string, Stubs][] => {
        try {
          return [[file.stack, stubs(file)]];
        } catch {
          // This stack's outcome already says which output has no stand-in.
          return [];
        }
      });
    plans.writeStubs(environment, Object.fromEntries(known));
  }
}

function report(outcomes: readonly Outcome[]): number {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  for (const outcome of failed) {
    console.error(`\n${errorText(outcome)}`);
  }
  console.log(`\n${table(outcomes)}`);
  return failed.length === 0 ? 0 : 1;
}
