import type { HeaderPolicy } from "../schema/entrypoint.ts";
import type { Duration, Rate } from "../schema/units.ts";

/** What the NGINX before a service is told, be it on hosts or on pods. */

/** Seconds that an edge gives up before the load balancer does: its own error reaches the client, not the other's. */
const EARLIER = 2;

const MINUTE = 60;

/** A rate as NGINX writes it: whole requests a second, or a minute. Throws for one that is neither. */
export function requestRate(path: string, { requests, per }: Rate): string {
  const perSecond = requests / per;
  if (perSecond >= 1 && Number.isInteger(perSecond)) return `${perSecond}r/s`;
  const perMinute = (requests * MINUTE) / per;
  if (perMinute >= 1 && Number.isInteger(perMinute)) return `${perMinute}r/m`;
  throw new Error(`${path}/rate: must be whole requests a second or a minute, got ${requests} in ${per} s`);
}

/** Headers on every answer, the edge's own included. An application that sends its own policy is left to it. */
export const edgeHeaders = (headers: HeaderPolicy): Readonly<Record<string, string>> => ({
  "Strict-Transport-Security": `max-age=${headers.hsts}; includeSubDomains`,
  "X-Frame-Options": headers.frameOptions,
  ...(typeof headers.contentSecurityPolicy === "string"
    ? { "Content-Security-Policy": headers.contentSecurityPolicy }
    : {}),
  "X-Content-Type-Options": headers.contentTypeOptions,
  "Referrer-Policy": headers.referrerPolicy,
});

/**
 * Seconds for an answer: the application gives up first, then the edge, so that what hangs is the edge's 504 in the
 * service's own words; the load balancer waits longer. Throws where its idle time is shorter.
 */
export function answerSeconds(path: string, idle: Duration, longestRequests: readonly Duration[]): number {
  const seconds = Math.max(...longestRequests.map((longest) => Math.ceil(longest))) + 1;
  const least = seconds + EARLIER;
  if (idle < least) {
    throw new Error(`${path}/idle: must be >= ${least} s, for the answers behind the edge; got ${idle} s`);
  }
  return seconds;
}
