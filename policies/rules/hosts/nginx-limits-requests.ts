import { demand, objection, rule } from "../../engine/rule.ts";
import { connectionLimits, type Limit, requestLimits } from "../../model/nginx/limits.ts";
import { bytesOf, secondsOf } from "../../model/nginx/measures.ts";
import { within } from "../../model/nginx/servers.ts";
import { webServers } from "../../model/nginx/web-servers.ts";

/** Room for the largest upload that anybody asks for: maps of 100 MB. */
const MOST_BYTES = 128 * 2 ** 20;
/** NGINX' own default for all of them: longer ones let slow callers hold connections. */
const MOST_SECONDS = 60;
const TIMEOUTS = ["client_header_timeout", "client_body_timeout", "send_timeout"];

/** One caller cannot take all of a service: how often, how many at once, how much, how slowly. */
export const nginxLimitsRequests = rule({
  id: "HOST-009",
  slug: "nginx-limits-requests",
  severity: "medium",
  title: "Entrypoints limit rate, connections, size and time of requests",
  why: "Passwords are guessed as fast as the line allows, and one caller fills memory, disk or connections for all others.",
  fix: "limit_req, limit_conn and client_max_body_size in each location that hands on; timeouts of a minute at most; server_tokens off.",
  appliesTo: webServers,
  requirements: ["BRK-SEC.19", "TKT-1.2", "ALC-SEC.4"],
  check: ({ server: { title, context, contexts }, server }) => [
    ...demand(`${title}: server_tokens`, context.word("server_tokens", "on"), "off", (it) => it === "off"),
    ...TIMEOUTS.flatMap((name) =>
      demand(`${title}: ${name}`, context.word(name, "60s"), "a minute at most", (it) => {
        const seconds = secondsOf(it);
        return seconds > 0 && seconds <= MOST_SECONDS;
      }),
    ),
    ...contexts
      .filter((each) => each.own("proxy_pass").length > 0)
      .flatMap((each) => {
        const at = within(server, each);
        const isProbe = each.directive?.words[0] === "=";
        const size = each.word("client_max_body_size", "1m");
        return [
          ...demand(
            `${at}: client_max_body_size`,
            size,
            "1 byte to 128 MiB",
            (it) => bytesOf(it) > 0 && bytesOf(it) <= MOST_BYTES,
          ),
          // One exact path, of a server that refuses all else, is what load balancers ask.
          ...(isProbe
            ? []
            : [
                ...unlimited(`${at}: limit_req`, requestLimits(context, each)),
                ...unlimited(`${at}: limit_conn`, connectionLimits(context, each)),
              ]),
          ...["limit_req_dry_run", "limit_conn_dry_run"].flatMap((name) =>
            demand(`${at}: ${name}`, each.word(name, "off"), "off: limits that limit", (it) => it === "off"),
          ),
        ];
      }),
  ],
});

/** One that holds is enough: others beside it count something more. */
function unlimited(attribute: string, limits: readonly Limit[]) {
  const expected = "a limit for each client, by his address or certificate: at most 1000 a second, and at once";
  if (limits.length === 0) return [objection(attribute, undefined, expected)];
  return limits.some(({ fault }) => fault === undefined)
    ? []
    : limits.map(({ fault }) => objection(attribute, fault, expected));
}
