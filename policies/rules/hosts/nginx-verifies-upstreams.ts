import { demand, objection, rule } from "../../engine/rule.ts";
import { type NginxProxy, nginxProxies, staysOnHost } from "../../model/nginx/proxies.ts";
import { known } from "../../model/value.ts";

/** The client chooses these: a name out of them proves nothing of the peer. */
const OF_CLIENT = /\$(?:host|http_\w+|arg_\w+|ssl_server_name|ssl_preread_server_name)\b/;

/** Beyond loopback NGINX hands on over TLS, to a peer whose certificate it has checked. */
export const nginxVerifiesUpstreams = rule({
  id: "HOST-004",
  slug: "nginx-verifies-upstreams",
  severity: "critical",
  title: "NGINX hands requests on over verified TLS, or on its own host",
  why: "Whoever takes the peer's address gets every request with its tokens, and answers in its name.",
  fix: "proxy_pass https://...; proxy_ssl_verify on; proxy_ssl_trusted_certificate; proxy_ssl_protocols TLSv1.2 TLSv1.3.",
  appliesTo: nginxProxies,
  requirements: ["BRK-SEC.1", "BRK-SEC.18"],
  check: (proxy) => {
    if (staysOnHost(proxy)) return [];
    const unknown = proxy.peers.find((peer) => known(peer) === undefined);
    if (!proxy.encrypted) {
      return [objection(proxy.title, unknown ?? proxy.peers.map(known), "a peer on loopback, or TLS to it")];
    }
    return proxy.module === "fastcgi" ? [] : certificateOf(proxy);
  },
});

function certificateOf({ title, context, module }: NginxProxy) {
  const of = (name: string): string => `${title}, ${module}_ssl_${name}`;
  return [
    ...demand(of("verify"), context.word(`${module}_ssl_verify`, "off"), "on", (it) => it === "on"),
    ...demand(
      of("trusted_certificate"),
      context.word(`${module}_ssl_trusted_certificate`, ""),
      "the file of the authority",
      (it) => it !== "",
    ),
    // By default versions before 1.27.3 offer TLS 1.0 and 1.1 too.
    ...demand(
      of("protocols"),
      context.words(`${module}_ssl_protocols`) ?? ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"],
      "TLSv1.2 and TLSv1.3 at most",
      (all) => all.every((each) => each === "TLSv1.2" || each === "TLSv1.3"),
    ),
    ...demand(
      of("name"),
      context.word(`${module}_ssl_name`, "$proxy_host"),
      "the peer's name, not what the client says",
      (it) => !OF_CLIENT.test(it),
    ),
  ];
}
