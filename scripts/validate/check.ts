import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "./arguments.ts";
import { readsOf, type StackFile } from "./estate.ts";
import { createsOf, type PlanFolder } from "./plans.ts";
import type { Ended, oneAtATime, Processes } from "./processes.ts";
import type { Outcome } from "./report.ts";
import { copyStack, writeStubs } from "./scratch.ts";
import { producersOf, type Stubs } from "./stubs.ts";

/** What checking any stack of a run needs. */
export interface Run {
  readonly program: Program;
  readonly estate: readonly StackFile[];
  readonly stubs: (file: StackFile) => Stubs;
  /** A directory of this run alone, removed by whoever made it. */
  readonly scratch: string;
  readonly processes: Processes;
  readonly variables: Record<string, string>;
  /** The queue of all `init` of this run. */
  readonly inits: ReturnType<typeof oneAtATime>;
  /** Where plans go; undefined stops after validate. */
  readonly plans: PlanFolder | undefined;
  /** Whether the provider lock beside a stack counts: not when a private mirror supplies the provider. */
  readonly withLock: boolean;
}

/** Checks one stack: init and validate of an untouched copy, then the offline plan. Never throws for a faulty stack. */
export async function checkStack(file: StackFile, run: Run): Promise<Outcome> {
  const { environment, stack } = file;
  const directory = join(run.scratch, environment, stack);
  const started = Date.now();
  const outcome = { environment, stack, validated: 0, planned: undefined, creates: undefined, error: undefined };
  try {
    mkdirSync(directory, { recursive: true });
    copyStack(file.directory, directory, run.withLock);
    await run.inits(() => call(run, directory, "init", "-backend=false"));
    await call(run, directory, "validate");
    const validated = seconds(started);
    if (run.plans === undefined) {
      return { ...outcome, validated };
    }
    const began = Date.now();
    const creates = await plan(file, run, run.plans, directory);
    return { ...outcome, validated, planned: seconds(began), creates };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ...outcome, validated: seconds(started), error: words };
  }
}

async function plan(file: StackFile, run: Run, plans: PlanFolder, directory: string): Promise<number> {
  // A stack whose own outputs have no stand-in fails here, though nothing may read them yet.
  run.stubs(file);
  const reads = [...readsOf(file, run.estate)];
  writeStubs(directory, file.json, new Map(reads.map(([name, producer]) => [name, run.stubs(producer)])));
  await run.inits(() => call(run, directory, "init", "-reconfigure"));
  await call(run, directory, "plan", "-refresh=false", "-lock=false", "-out=plan.bin");
  const { stdout } = await call(run, directory, "show", "-json", "plan.bin");
  plans.writePlan(file, producersOf(file, run.estate), stdout);
  return createsOf(stdout);
}

/** Runs a command of the program to its end; throws its own words when it fails. */
async function call(run: Run, cwd: string, command: string, ...args: string[]): Promise<Ended> {
  const color = command === "show" ? [] : ["-no-color"];
  const ended = await run.processes.run(run.program, [command, ...color, ...args], { cwd, env: run.variables });
  if (ended.code !== 0) {
    throw new Error(ended.stderr.trim() || ended.stdout.trim() || `${run.program} ${command} ended with ${ended.code}`);
  }
  return ended;
}

const seconds = (since: number) => (Date.now() - since) / 1000;
