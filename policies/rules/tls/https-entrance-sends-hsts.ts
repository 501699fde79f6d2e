import { demand, rule } from "../../engine/rule.ts";
import { strictTransports } from "../../model/tls/strict-transport.ts";

const YEAR_SECONDS = 365 * 24 * 3600;

/** The first address that a person types is http://; only this header keeps a browser from following it again. */
export const httpsEntranceSendsHsts = rule({
  id: "TLS-008",
  slug: "https-entrance-sends-hsts",
  severity: "medium",
  title: "Every HTTPS entrance tells browsers for at least a year to come by HTTPS alone",
  why: "A redirect is itself sent in clear text: whoever stands in between answers it instead.",
  fix: "Set routing_http_response_strict_transport_security_header_value at the listener, or strict_transport_security in the response headers policy of each behaviour: max-age=31536000; includeSubDomains.",
  appliesTo: strictTransports,
  requirements: ["NOD-1.5", "MUN-2.15", "BRK-SEC.19"],
  check: ({ attribute, seconds }) =>
    demand(
      attribute,
      seconds,
      `Strict-Transport-Security for at least ${YEAR_SECONDS} seconds`,
      (given) => given >= YEAR_SECONDS,
    ),
});
