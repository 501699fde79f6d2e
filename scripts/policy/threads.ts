import { once } from "node:events";
import { availableParallelism } from "node:os";
import { MessageChannel, Worker } from "node:worker_threads";
import { type JudgeName, judgeNames, together, type Verdict } from "../../policies/report/verdict.ts";
import { type Outputs, type Question, type Reply, readAndJudge } from "./hearing.ts";

/** Judges, loaded or on their way: they read outputs and judge them. Throws ArtefactError. */
export type Judges = (outputs: Outputs, progress?: (done: string) => void) => Promise<Verdict>;

/** Areas that a second thread judges: half of the work. What both read, each reads for itself. */
const BESIDE: readonly JudgeName[] = ["tls", "data", "cluster", "hosts"];
const HERE = judgeNames.filter((name) => !BESIDE.includes(name));

/** Begins to load all judges, on two processors where there are as many. */
export function callJudges(): Judges {
  if (availableParallelism() < 2) return readAndJudge(judgeNames);
  const thread = new Worker(new URL("./beside.ts", import.meta.url), { workerData: BESIDE });
  // It may be idle for as long as it likes, and ends with the process.
  thread.unref();
  const here = readAndJudge(HERE);
  return async (outputs, progress) => {
    const theirs = asked(thread, outputs);
    // Heard below: what is wrong with outputs is wrong in both, and here it is found first.
    theirs.catch(() => undefined);
    return together(await here(outputs, progress), await theirs);
  };
}

/** Asks over a channel of its own, which also keeps the process waiting. Throws what the thread would. */
async function asked(thread: Worker, outputs: Outputs): Promise<Verdict> {
  const { port1: here, port2: there } = new MessageChannel();
  const answered = new AbortController();
  const ended = once(thread, "exit", answered).then(([code]) => {
    throw new Error(`the thread that judges ${BESIDE.join(", ")} ended with ${code}`);
  });
  try {
    const question: Question = { outputs, reply: there };
    thread.postMessage(question, [there]);
    const [reply] = (await Promise.race([once(here, "message", answered), ended])) as [Reply];
    if ("error" in reply) throw reply.error;
    return reply.verdict;
  } finally {
    answered.abort();
    here.close();
  }
}
