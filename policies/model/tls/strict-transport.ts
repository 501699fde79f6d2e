import { distributions } from "../distributions.ts";
import { kind } from "../estate.ts";
import { listeners } from "../load-balancers.ts";
import type { Place } from "../place.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";

/** What an entrance answers for Strict-Transport-Security. */
export interface StrictTransport {
  readonly at: Place;
  readonly attribute: string;
  /** How long a browser is to remember it. Unknown also where only servers behind may answer it. */
  readonly seconds: Value<number>;
}

/** Listeners of HTTPS, and behaviours of distributions. */
export const strictTransports = kind<StrictTransport>("strict transport", (estate) => [
  ...estate
    .of(listeners)
    .filter(({ protocol }) => known(protocol)?.toUpperCase() === "HTTPS")
    .map(({ at, strictTransport }) => ({
      at,
      attribute: "routing_http_response_strict_transport_security_header_value",
      seconds: secondsOf(strictTransport),
    })),
  ...estate.of(distributions).flatMap(({ at, behaviors }) =>
    behaviors.map(({ attribute, strictTransportSeconds: seconds, writesHeaders }) => ({
      at,
      attribute: `${attribute}.response_headers_policy_id`,
      seconds: seconds === 0 && writesHeaders ? new Unknown("a function at the edge") : seconds,
    })),
  ),
]);

function secondsOf(header: Value<string> | undefined): Value<number> {
  if (header === undefined) return new Unknown("no header here; the servers behind it may send one");
  if (isUnknown(header)) return header;
  return Number(/(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(header)?.[1] ?? 0);
}
