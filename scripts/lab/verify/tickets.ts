import { setTimeout } from "node:timers/promises";
import type { Lab } from "../hosts.ts";
import { callTo, jsonOf, withClient } from "./edge-client.ts";

/** Milliseconds between two: slower than the limits of a client allow. */
const PAUSE = 250;

/** Numbers of the tickets that a client at the door was told to be kept while something was done, and what came of that. */
export const ticketsDuring = <Result>(lab: Lab, act: () => Promise<Result>) =>
  withClient(lab, async (client) => {
    const { entry: _, ...door } = callTo(lab, "web", "internet");
    const create = { ...door, method: "POST", path: "/api/tickets", json: { title: "sent meanwhile" } } as const;
    const kept: number[] = [];
    const stop = new AbortController();
    const sending = (async () => {
      while (!stop.signal.aborted) {
        const [answer] = await client.call([create]);
        const number = Number(jsonOf(answer)?.["id"]);
        if (answer !== undefined && "status" in answer && answer.status === 201) kept.push(number);
        await setTimeout(PAUSE);
      }
    })();
    try {
      return { result: await act(), kept };
    } finally {
      stop.abort();
      await sending;
    }
  });
