import { join, relative } from "node:path";
import { readArtefacts } from "../../policies/artefacts/read.ts";
import { attemptsOf, type Suite, sampleOf, type Tried, tried } from "../../policies/engine/mutation-run.ts";
import { parseRequest, usage } from "./arguments.ts";
import { failures, jsonText, textOf } from "./report.ts";

/** How a run ended, and what it prints. */
interface Ended {
  readonly code: 0 | 1;
  readonly stdout: string;
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
  const estates = readArtefacts(request.artefacts ?? relative(process.cwd(), join(root, "out")), request.environments);
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
