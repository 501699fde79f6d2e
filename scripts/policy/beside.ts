/** A thread that judges outputs for another one: it is told which judges, and then answers each time it is asked. */
import { parentPort, workerData } from "node:worker_threads";
import type { JudgeName } from "../../policies/report/verdict.ts";
import { type Question, type Reply, readAndJudge } from "./hearing.ts";

const judged = readAndJudge(workerData as readonly JudgeName[]);

parentPort?.on("message", async ({ outputs, reply }: Question) => {
  const answer: Reply = await judged(outputs).then(
    (verdict) => ({ verdict }),
    (error: unknown) => ({ error }),
  );
  reply.postMessage(answer);
});
