import { kind } from "../estate.ts";
import type { NginxConfiguration } from "./configurations.ts";
import { nginxConfigurations } from "./configurations.ts";
import type { Context } from "./context.ts";
import { type Origin, Origins } from "./origins.ts";
import { isOff } from "./records.ts";

/** A format that requests are written with. */
export interface LogFormat {
  readonly at: NginxConfiguration["at"];
  /** `http`, `server a.example.org`. */
  readonly where: string;
  readonly name: string;
  /** What its variables are made of; nothing where the format is not given. */
  readonly origins: readonly Origin[] | undefined;
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
        const origins = new Origins(http);
        return [...usedIn(http)].map(([name, context]) => {
          const text = formats.get(name);
          return {
            at,
            where: context.title,
            name,
            origins: text === undefined ? undefined : origins.of(text, "without choices"),
          };
        });
      }),
  ),
);

/** Names of formats, and the first block that each is used in. */
function usedIn(http: Context): ReadonlyMap<string, Context> {
  const used = new Map<string, Context>();
  if (http.own("access_log").length === 0) used.set("combined", http);
  for (const context of http.all) {
    const logs = context.own("access_log").map(({ words }) => words);
    for (const name of logs.some(isOff) ? [] : logs.map(nameOf)) {
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
