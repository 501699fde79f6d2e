import { join, relative } from "node:path";
import { readArtefacts } from "../../policies/artefacts/read.ts";
import { attemptsOf, type Suite, sampleOf, type Tried, tried } from "../../policies/engine/mutation-run.ts";
import type { Estate } from "../../policies/model/estate.ts";
import { UsageError } from "../options.ts";
import { parseRequest, usage } from "./arguments.ts";
import { failures, jsonText, textOf } from "./report.ts";

/** How a run ended, and what it prints. */
interface Ended {
  readonly code: 0 | 1;
  readonly stdout: string;
}

/** Mutations are of configurations: in a plan most of them change nothing, or find what they change elsewhere. */
function refusePlans(estates: readonly Estate[], outputs: string): void {
  const plan = estates
    .flatMap(({ terraform }) => terraform.documents)
    .find(({ kind, environment }) => kind === "plan" && environment !== undefined);
  if (plan === undefined) return;
  throw new UsageError(
    `${plan.source}: got a plan, allowed are configurations: remove ${join(outputs, "plans")}, which npm run validate makes again`,
  );
}

/** Breaks outputs as the arguments say. Throws UsageError, ArtefactError or another error for the user. */
export async function run(
  args: readonly string[],
  root: string,
  load: (slugs: readonly string[]) => Promise<readonly Suite[]>,
  progress: (done: number, of: number) => void,
): Promise<Ended> {
  const request = parseRequest(args);
  if (request.help) return { code: 0, stdout: usage };
  const wanted = await load(request.rules);
  const outputs = request.artefacts ?? relative(process.cwd(), join(root, "out"));
  const estates = readArtefacts(outputs, request.environments);
  refusePlans(estates, outputs);
  const all = attemptsOf(estates, wanted);
  const attempts = request.sample === undefined ? all : sampleOf(all, request.sample.size, request.sample.seed);
  const since = performance.now();
  const results: Tried[] = [];
  for (const each of tried(attempts)) {
    results.push(each);
    progress(results.length, attempts.length);
  }
  const mutants = { tried: results, milliseconds: performance.now() - since };
  return {
    code: failures(results).length === 0 ? 0 : 1,
    stdout: request.json ? jsonText(mutants) : textOf(mutants),
  };
}
