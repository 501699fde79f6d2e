import { Unknown, type Value } from "../value.ts";
import { type Origin, Origins } from "./origins.ts";
import type { NginxProxy } from "./proxies.ts";
import { isReached, speaksTls } from "./servers.ts";
import { isChosen, Variables } from "./variables.ts";

/**
 * Headers by which applications and frameworks know an address, a scheme or a certificate: what RFC 7239 and RFC 9440 name,
 * and the spellings of NGINX, Apache, HAProxy, Envoy, Traefik and cloud balancers that frameworks read (read 2026-11-22).
 */
export const identityHeaders: readonly string[] = [
  ...["x-forwarded-for", "x-real-ip", "forwarded", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port"],
  ...["x-forwarded-prefix", "true-client-ip", "x-client-ip", "x-original-url", "x-rewrite-url", "proxy"],
];

/** Those of client certificates: for hosts, whose applications know callers by them. */
export const certificateHeaders: readonly string[] = [
  ...["x-ssl-client-verify", "x-ssl-client-s-dn", "x-ssl-client-cert", "x-ssl-client-i-dn", "x-ssl-client-serial"],
  ...["ssl-client-cert", "ssl-client-verify", "client-cert", "x-client-cert", "x-forwarded-client-cert"],
  ...["x-forwarded-tls-client-cert", "x-client-verify", "x-client-dn"],
];

/** Headers that a request must not get past a proxy with, for what stands behind it. */
export const ownedHeaders = ({ server }: NginxProxy): readonly string[] =>
  "release" in server.configuration.of
    ? [...identityHeaders, "x-forwarded-client-cert"]
    : [...identityHeaders, ...certificateHeaders];

/** Whether a request's own headers go on to what stands behind, which is the default. */
export const handsOnRequest = ({ context }: NginxProxy): boolean =>
  context.word("proxy_pass_request_headers", "on") !== "off";

/** What a proxy sets, by name in lower case. Setting any header at all takes all outer settings away. */
export const headersSet = ({ context }: NginxProxy): ReadonlyMap<string, string> =>
  new Map(context.inForce("proxy_set_header").map(({ words }) => [(words[0] ?? "").toLowerCase(), words[1] ?? ""]));

/**
 * Whether callers of any kind come here: at servers of hosts and at servers with a name. Those without one are sidecars,
 * which stand behind an edge and must keep what it has set.
 */
export const facesCallers = ({ server, module }: NginxProxy): boolean =>
  module === "proxy" &&
  server.protocol === "http" &&
  isReached(server) &&
  speaksTls(server) &&
  (!("release" in server.configuration.of) || server.names.some((name) => name !== "_"));

/** A header of identity whose value is not NGINX' own word. */
export interface DoubtfulHeader {
  readonly name: string;
  readonly got: Value<string>;
  readonly expected: string;
}

/** What callers cannot choose: addresses, what NGINX itself is, and all that it read out of a verified certificate. */
const OF_NGINX =
  /^(?:(?:binary_|realip_)?remote_addr|proxy_protocol_(?:addr|server_addr|server_port)|ssl_client_\w+|server_(?:name|addr|port)|scheme|https|hostname|request_id|geoip2?_\w+)$/;
/** What a header says of the request itself is true although the client chose it. */
const OF_REQUEST: ReadonlyMap<string, RegExp> = new Map([
  ...["x-forwarded-host", "forwarded"].map((name) => [name, /^host$/] as const),
  ...["x-original-url", "x-rewrite-url"].map((name) => [name, /^(?:host|uri|request_uri|args|is_args)$/] as const),
]);
/** Headers that say whether a certificate is good. */
const VERDICT: ReadonlySet<string> = new Set(["x-ssl-client-verify", "ssl-client-verify", "x-client-verify"]);
const REFUSED = /^(?:|NONE|FAILED.*|0|no|off|false)$/i;

const ORIGINS = {};

/** Headers of identity that a proxy sets to what callers choose, to what nobody knows, or to a verdict that is none. */
export function doubtfulHeaders(proxy: NginxProxy): readonly DoubtfulHeader[] {
  const { server } = proxy;
  const owned = ownedHeaders(proxy);
  const set = [...headersSet(proxy)].filter(([name]) => owned.includes(name));
  const { context } = server;
  const origins = context.memory.once(ORIGINS, () => new Origins(context.parent, context));
  return set.flatMap(([name, value]): readonly DoubtfulHeader[] => {
    const open = origins.believed(value, context).filter((each) => !isSaid(name, each));
    const chosen = open.find((each) => isChosen(each.name));
    const expected = "nothing that callers send";
    if (chosen !== undefined) {
      const from = `$${chosen.name}`;
      return [{ name, got: value.includes(from) ? value : `${value}, by ${from}`, expected }];
    }
    const [unknown] = open;
    if (unknown !== undefined) return [{ name, got: new Unknown(`$${unknown.name}`), expected }];
    const got = VERDICT.has(name) ? verdictFault(proxy, origins, value) : undefined;
    return got === undefined ? [] : [{ name, got, expected: "$ssl_client_verify, or SUCCESS for its SUCCESS alone" }];
  });
}

const isSaid = (header: string, { name }: Origin): boolean =>
  OF_NGINX.test(name) || (OF_REQUEST.get(header)?.test(name) ?? false);

/** Why a header does not say whether the certificate is good; nothing where it does, or says that none is. */
function verdictFault({ server }: NginxProxy, origins: Origins, value: string): Value<string> | undefined {
  const other = origins.of(value, "with choices").find(({ name }) => name !== "ssl_client_verify");
  if (other !== undefined) return `${value}, by $${other.name}`;
  const valuesFor = (verdicts: readonly string[]): readonly string[] =>
    new Variables(server.context.parent, server.context, new Map([["ssl_client_verify", verdicts]])).valuesOf(
      value,
      "nothing listed",
    );
  const refused = valuesFor(["NONE", "FAILED:certificate revoked", "FAILED:unable to verify the first certificate"]);
  const open = refused.find((each) => each.includes("$"));
  if (open !== undefined) return new Unknown(open);
  const good = new Set(valuesFor(["SUCCESS"]));
  return refused.some((each) => good.has(each) && !REFUSED.test(each)) ? `${value}, whatever the verdict` : undefined;
}
