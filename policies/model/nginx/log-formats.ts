import { kind } from "../estate.ts";
import type { NginxConfiguration } from "./configurations.ts";
import { nginxConfigurations } from "./configurations.ts";
import type { Context } from "./context.ts";

/** A format that requests are written with. */
export interface LogFormat {
  readonly at: NginxConfiguration["at"];
  /** `http`, `server a.example.org`. */
  readonly where: string;
  readonly name: string;
  /** With what its own variables are made of; nothing where the format is not given. */
  readonly text: string | undefined;
}

/** What `access_log` writes without a name, and what http writes that says nothing (ngx_http_log_module). */
const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** Every format that some `access_log` uses, each once for a configuration; that of NGINX where http says nothing. */
export const logFormats = kind<LogFormat>("NGINX log format", (estate) =>
  estate.of(nginxConfigurations).flatMap(({ at, main }) =>
    main.children
      .filter(({ kind: of }) => of === "http")
      .flatMap((http) => {
        const formats = new Map(http.own("log_format").map(({ words: [name = "", ...text] }) => [name, text.join("")]));
        formats.set("combined", COMBINED);
        return [...usedIn(http)].map(([name, context]) => ({
          at,
          where: context.title,
          name,
          text: formats.get(name),
        }));
      }),
  ),
);

/** Names of formats, and the first block that each is used in. */
function usedIn(http: Context): ReadonlyMap<string, Context> {
  const used = new Map<string, Context>();
  if (http.own("access_log").length === 0) used.set("combined", http);
  for (const context of http.all) {
    for (const name of context
      .own("access_log")
      .filter(({ words }) => words[0] !== "off")
      .map(({ words }) => nameOf(words))) {
      if (!used.has(name)) used.set(name, context);
    }
  }
  return used;
}

/** `access_log path [format [buffer=...]]`. */
const nameOf = (words: readonly string[]): string => {
  const [, name = "combined"] = words;
  return name.includes("=") ? "combined" : name;
};
