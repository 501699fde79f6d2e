import { linkLocalRanges, publicRanges } from "../address-space.ts";
import { covers, parseCidr } from "../addresses.ts";
import { isLoopback } from "../nginx/listen.ts";

/** A call of another machine, as an address in a setting says, that others may read or answer. */
export interface OpenCall {
  /** `http://main.example.org:8000`, without login and path. */
  readonly to: string;
  readonly fault: "clear text" | "a public address";
}

/** Nothing is encrypted by these, whatever they are asked for. */
const CLEAR = new Set([
  ...["http", "ws", "redis", "valkey", "amqp", "mqtt", "ldap", "ftp", "tftp", "smtp", "telnet", "nats", "stomp"],
  ...["memcache", "memcached", "statsd", "gelf", "zookeeper"],
]);
/** Databases take TLS by an option of their address, or take what they get. */
const BY_OPTION: Readonly<Record<string, RegExp>> = {
  postgres: /[?&]ssl(?:mode)?=verify-full\b/i,
  postgresql: /[?&]ssl(?:mode)?=verify-full\b/i,
  mysql: /[?&](?:ssl-mode=VERIFY_IDENTITY|ssl_?verify_?identity=true|ssl_ca=|tls=true|sslMode=VERIFY_IDENTITY)/i,
  mariadb: /[?&](?:ssl-mode=VERIFY_IDENTITY|ssl_?verify_?identity=true|ssl_ca=|tls=true|sslMode=VERIFY_IDENTITY)/i,
  mongodb: /[?&](?:tls|ssl)=true\b/i,
};
const ADDRESS = /(?<![\w+.-])([a-z][a-z\d+.-]*):\/\/([^\s"'<>`]*)/gi;
const SCHEME = /[a-z][a-z\d+.-]*$/i;
const NUMBERS = /\d{1,3}(?:\.\d{1,3}){3}/g;
const NEAR = /^(?:10|127|169\.254|192\.168)\./;
const HERE = /^(?:127\.|localhost[:/]|169\.254\.|\[::1\])/;
const SIX = /\b2[\da-f]{3}:[\da-f:]*:/i;

/** Whether a text may hold such a call: most do not. */
export function mayCall(text: string): boolean {
  for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
    const scheme =
      SCHEME.exec(text.slice(Math.max(0, at - 24), at))?.[0]
        .toLowerCase()
        .split("+")[0] ?? "";
    const isOpen = CLEAR.has(scheme) || BY_OPTION[scheme] !== undefined;
    if (isOpen && !HERE.test(text.slice(at + 3, at + 16))) return true;
  }
  return (text.match(NUMBERS) ?? []).some((each) => !NEAR.test(each)) || SIX.test(text);
}

/** Calls in a value: addresses with a scheme, or the value itself where it is an address of the internet. */
export function openCalls(value: string): readonly OpenCall[] {
  if (!mayCall(value)) return [];
  // A login may hold what ends one: `%%secret:a/b%%`, `$(NAME)`.
  const bare = value.replaceAll(/%%[^%]*%%|\$\([^)]*\)|\$?\{[^}]*\}/g, "x");
  const found = [...bare.matchAll(ADDRESS)];
  if (found.length > 0) return found.flatMap(([, scheme = "", rest = ""]) => ofAddress(scheme.toLowerCase(), rest));
  return bare
    .split(/[\s,;]+/)
    .filter((each) => isPublic(hostOf(each)))
    .map((to) => ({ to, fault: "a public address" }));
}

function ofAddress(scheme: string, rest: string): readonly OpenCall[] {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? "";
  const hosts = authority.slice(authority.lastIndexOf("@") + 1).split(",");
  const own = scheme.split("+")[0] ?? "";
  const option = BY_OPTION[own];
  // What is looked up by SRV is asked for TLS unless it says otherwise.
  const clear = option === undefined ? CLEAR.has(own) : scheme !== "mongodb+srv" && !option.test(rest);
  return hosts.flatMap((each): readonly OpenCall[] => {
    const host = hostOf(each);
    const to = `${scheme}://${each}`;
    return [
      ...(clear && !isNear(host) ? [{ to, fault: "clear text" } as const] : []),
      ...(isPublic(host) ? [{ to, fault: "a public address" } as const] : []),
    ];
  });
}

/** Without its port and brackets. */
const hostOf = (place: string): string => /^\[([^\]]*)\]/.exec(place)?.[1] ?? place.replace(/(?<!:[^:]*):\d+$/, "");

/** On this very machine, or what its hypervisor answers by itself. */
function isNear(host: string): boolean {
  if (host === "" || isLoopback(host)) return true;
  const set = parseCidr(host);
  return set !== undefined && covers(linkLocalRanges, set);
}

function isPublic(host: string): boolean {
  if (!/^[\d.]+$|:/.test(host) || host.includes("/")) return false;
  const set = parseCidr(host);
  return set !== undefined && covers(publicRanges, set);
}
