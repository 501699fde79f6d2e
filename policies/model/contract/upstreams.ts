import { serversOf } from "../cluster/listeners.ts";
import type { Pod } from "../cluster/pod.ts";
import type { Estate } from "../estate.ts";
import type { NginxConfiguration } from "../nginx/configurations.ts";
import { isLoopback, placeOf } from "../nginx/listen.ts";

/** Ports on loopback that NGINX in a pod hands to: what is behind `proxy_pass`, by address, `upstream` or `map`. */
export function upstreamPorts(pod: Pod, estate: Estate): readonly number[] {
  const servers = pod.containers.flatMap((container) => serversOf(pod, container, estate));
  const places = servers.flatMap(({ contexts, configuration }) =>
    contexts.flatMap((context) =>
      context.own("proxy_pass").flatMap(({ words }) => placesOf(withoutScheme(words[0] ?? ""), configuration)),
    ),
  );
  const ports = places
    .map(placeOf)
    .flatMap(({ address, port }) => (isLoopback(address) && port !== undefined ? [port] : []));
  return [...new Set(ports)].sort((one, other) => one - other);
}

const withoutScheme = (word: string): string => /^(?:https?:\/\/)?([^/\s]+)/.exec(word)?.[1] ?? "";

/** A variable is each value that a `map` gives it; a name of an `upstream`, its servers. */
function placesOf(place: string, configuration: NginxConfiguration): readonly string[] {
  const { main, upstreams } = configuration;
  const values = place.startsWith("$")
    ? [main, ...main.children]
        .flatMap((context) => context.own("map"))
        .filter(({ words }) => words[1] === place)
        .flatMap(({ block }) => (block ?? []).map(({ words }) => words[0] ?? ""))
    : [place];
  return values.flatMap((each) => upstreams.get(each) ?? [each]);
}
