import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { Unknown, type Value } from "../value.ts";
import type { Context } from "./context.ts";
import { isLoopback, placeOf } from "./listen.ts";
import type { Directive } from "./parse.ts";
import { type NginxServer, nginxServers, within } from "./servers.ts";

/** Where a location hands requests on. */
export interface NginxProxy {
  readonly at: Place;
  readonly server: NginxServer;
  readonly context: Context;
  /** For a finding: `server x 10.0.0.1:443, location /a: proxy_pass`. */
  readonly title: string;
  /** `proxy`, `grpc`, `fastcgi`, `uwsgi`, `scgi`, `memcached`: the begin of its directives' names. */
  readonly module: string;
  readonly encrypted: boolean;
  /** Host and port of each peer, as they are written; unknown where variables decide. */
  readonly peers: readonly Value<string>[];
}

const MODULES = ["proxy", "grpc", "fastcgi", "uwsgi", "scgi", "memcached"] as const;
const SECURE = /^(?:https|grpcs|suwsgi):\/\//;

/** Every place where NGINX hands requests or connections on. */
export const nginxProxies = kind<NginxProxy>("NGINX proxy", (estate: Estate) =>
  estate.of(nginxServers).flatMap((server) =>
    server.contexts.flatMap((context) =>
      MODULES.flatMap((module) =>
        context.own(`${module}_pass`).map(({ words }): NginxProxy => {
          const [target = ""] = words;
          return {
            at: server.at,
            server,
            context,
            title: `${within(server, context)}: ${module}_pass`,
            module,
            encrypted: server.protocol === "stream" ? context.isOn("proxy_ssl", false) : SECURE.test(target),
            peers: peersOf(target, server),
          };
        }),
      ),
    ),
  ),
);

/** Whether all its peers are on its own host. */
export const staysOnHost = ({ peers }: NginxProxy): boolean =>
  peers.every((peer) => !(peer instanceof Unknown) && isLoopback(placeOf(peer).address));

function peersOf(target: string, server: NginxServer): readonly Value<string>[] {
  return valuesOf(target, server).flatMap((value): readonly Value<string>[] => {
    if (value instanceof Unknown) return [value];
    const bare = value.replace(/^[a-z]+:\/\//, "");
    const host = bare.startsWith("unix:") ? bare : (bare.split("/", 1)[0] ?? "");
    const peers = server.configuration.upstreams.get(host);
    // Without a port the scheme decides, which says nothing of where the peer is.
    return peers ?? [host.includes("$") ? new Unknown(host) : host];
  });
}

/** What a word may be: itself; where it is one variable, all that its `map` may make of it, others that maps make too. */
function valuesOf(word: string, server: NginxServer): readonly Value<string>[] {
  const maps = [server.context.parent, server.configuration.main].flatMap((each) => each?.own("map") ?? []);
  const values: Value<string>[] = [];
  const seen = new Set<string>();
  const open = [word];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const map = maps.find(({ words }) => words[1] === next);
    if (map !== undefined) open.push(...outcomesOf(map));
    else values.push(/^\$\w+$/.test(next) ? new Unknown(next) : next);
  }
  return values;
}

const outcomesOf = ({ block = [] }: Directive): readonly string[] =>
  block
    .filter(({ name, words }) => words.length > 0 && !["hostnames", "volatile", "include"].includes(name))
    .map(({ words }) => words[0] ?? "");
