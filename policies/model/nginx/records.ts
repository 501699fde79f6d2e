import { kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { nginxConfigurations } from "./configurations.ts";
import type { Context } from "./context.ts";
import type { Directive } from "./parse.ts";
import { type NginxServer, within } from "./servers.ts";
import { webServers } from "./web-servers.ts";

/** A log of errors, or of requests, that a configuration writes. */
export interface NginxRecord {
  readonly at: Place;
  /** `http: error_log`, `server a.example.org *:443: access_log`. */
  readonly attribute: string;
  /** As it is given: `/var/log/nginx/error.log debug`; `off` where requests are written nowhere. */
  readonly words: readonly string[];
}

/** Every log of errors, what is debugged of connections, and where requests to entrypoints are written. */
export const nginxRecords = kind<NginxRecord>("NGINX log", (estate) => [
  ...estate
    .of(nginxConfigurations)
    .flatMap(({ at, main }) => [
      ...main.all.flatMap((context) =>
        context.own("error_log").map(({ words }) => ({ at, attribute: `${context.title}: error_log`, words })),
      ),
      ...debugged(main).map((words) => ({ at, attribute: "events: debug_connection", words: [...words, "debug"] })),
    ]),
  ...estate.of(webServers).flatMap(({ at, server }) =>
    servedBy(server).map((each) => ({
      at,
      attribute: `${within(server, each)}: access_log`,
      words: requestsOf(each),
    })),
  ),
]);

/** Where requests are handed on: not one exact path, which load balancers ask, nor files by how their names end. */
function servedBy({ context, contexts }: NginxServer): readonly Context[] {
  const locations = contexts.filter(
    (each) => each.own("proxy_pass").length > 0 && !["=", "~", "~*"].includes(each.directive?.words[0] ?? ""),
  );
  return locations.length > 0 ? locations : [context];
}

const debugged = (main: Context): readonly (readonly string[])[] =>
  main
    .own("events")
    .flatMap(({ block = [] }): readonly Directive[] => block)
    .filter(({ name }) => name === "debug_connection")
    .map(({ words }) => words);

/** Where requests of a block are written first; what is not said is NGINX' own file. One `off` counts for all beside it. */
function requestsOf(context: Context): readonly string[] {
  const logs = context.inForce("access_log").map(({ words }) => words);
  if (logs.length === 0) return ["logs/access.log"];
  return logs.find(isOff) ?? logs.find(([target]) => target !== "/dev/null") ?? logs[0] ?? [];
}

/** Then NGINX writes requests nowhere, whatever else stands in the same block (ngx_http_log_module, tried 2026-11-23). */
export const isOff = ([target = "off"]: readonly string[]): boolean => target === "off";
