import type { Context } from "./context.ts";

/** What a block answers whatever is asked: a status and, for a redirect, where to. */
export interface Answer {
  readonly status: number;
  readonly target: string | undefined;
}

/** Its own `return`, outside of any `if`. `return URL` is a redirect with 302. */
export function answerOf(context: Context): Answer | undefined {
  const [first, second] = context.own("return")[0]?.words ?? [];
  if (first === undefined) return undefined;
  const status = Number(first);
  return Number.isInteger(status) ? { status, target: second } : { status: 302, target: first };
}

/** Refuses: 4xx, or closes the connection (444). */
export const refuses = (context: Context): boolean => {
  const status = answerOf(context)?.status ?? 0;
  return status >= 400 && status < 500;
};

const redirects = (context: Context): boolean => {
  const { status = 0, target = "" } = answerOf(context) ?? {};
  return status >= 300 && status < 400 && target.startsWith("https://");
};

/** Whether every request to a server is sent to TLS or refused, by the server itself or by each of its locations. */
export function onlyRedirects(server: Context): boolean {
  const done = (context: Context): boolean => redirects(context) || refuses(context);
  if (done(server)) return true;
  const locations = server.below("location").filter((each) => each.own("internal").length === 0);
  return locations.some((each) => each.directive?.words.join(" ") === "/") && locations.every(done);
}
