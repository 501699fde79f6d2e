import type { MessagePort } from "node:worker_threads";
import { readOneByOne } from "../../policies/artefacts/read.ts";
import { type JudgeName, type Verdict, verdictOf } from "../../policies/report/verdict.ts";
import { loadJudges } from "./judges.ts";

/** What is to be judged. */
export interface Outputs {
  readonly path: string;
  /** None: all that are there. */
  readonly environments: readonly string[];
}

/** What a thread is asked, and where it answers. */
export interface Question {
  readonly outputs: Outputs;
  readonly reply: MessagePort;
}

/** What it answers. */
export type Reply = { readonly verdict: Verdict } | { readonly error: unknown };

/** Begins to load judges; then reads outputs and has them judged, in this thread. Throws ArtefactError. */
export function readAndJudge(names: readonly JudgeName[]) {
  const loading = loadJudges(names);
  // Whoever asks hears of it.
  loading.catch(() => undefined);
  return async ({ path, environments }: Outputs, progress?: (done: string) => void): Promise<Verdict> =>
    verdictOf(readOneByOne(path, environments), await loading, progress);
}
