import type { Agent } from "node:https";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Application } from "./application.ts";
import { type Answer, keptConnections } from "./client.ts";
import { generated } from "./configuration.ts";
import { type Edge, startEdge } from "./edge.ts";

/** What the tests of student allocation's edge have in common. */

/** Headers that every answer has, once each (ALC-7.2, ALC-7.3, ALC-7.4, and the rest of our own). */
export const headersOnEveryAnswer = {
  "strict-transport-security": ["max-age=31536000; includeSubDomains"],
  "x-frame-options": ["DENY"],
  "content-security-policy": ["default-src 'self'; frame-ancestors 'none'"],
  "x-content-type-options": ["nosniff"],
  "referrer-policy": ["no-referrer"],
};

/** An error as people and programs get it (ALC-5.5). */
export const envelope = (code: string, message: string, id: string) => ({
  error: { code, message_fa: message, correlation_id: id, details: [] },
});

/**
 * Asks until one is refused for the number of requests, however slow this machine is: over kept connections, and never
 * more at a time than a client may have. Gives back all answers.
 */
export async function askUntilRefused(ask: (agent: Agent) => Promise<Answer>): Promise<readonly Answer[]> {
  const agent = keptConnections();
  const answers: Answer[] = [];
  for (let crowd = 0; crowd < 100 && !answers.some(({ status }) => status === 429); crowd += 1) {
    answers.push(...(await Promise.all(Array.from({ length: 15 }, () => ask(agent)))));
  }
  agent.destroy();
  return answers;
}

/** The edge as it is deployed in production, before an application of the test's own, for the tests of one `describe`. */
export function deployed(): {
  readonly edge: () => Edge;
  readonly api: () => Application;
  /** Address of a client that has used none of its limits when a test begins. */
  readonly client: () => string;
} {
  let edge: Edge | undefined;
  let clients = 0;
  const running = () => {
    if (edge === undefined) throw new Error("the edge must run");
    return edge;
  };
  const api = () => {
    const application = running().applications["api"];
    if (application === undefined) throw new Error("the edge must lead to the API");
    return application;
  };
  beforeAll(async () => {
    edge = await startEdge(generated("production", "student-allocation"));
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    clients += 1;
    api().answer((_request, response) => response.end("answered by the application"));
  });
  return { edge: running, api, client: () => `198.51.100.${clients}` };
}
