import type { NginxProxy } from "./proxies.ts";
import { isReached, speaksTls } from "./servers.ts";

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
