import { demand, objection, rule } from "../../engine/rule.ts";
import { isReached, nginxServers } from "../../model/nginx/servers.ts";
import { trustedRanges } from "../../model/nginx/trusted-ranges.ts";
import { isUnknown } from "../../model/value.ts";

/** Where a client comes from is taken from those alone who are known to say it right. */
export const nginxBelievesNamedProxiesOnly = rule({
  id: "HOST-007",
  slug: "nginx-believes-named-proxies-only",
  severity: "high",
  title: "NGINX takes a client's address from its load balancers only",
  why: "Limits, lists of admitted addresses and logs go by it: whoever is believed is as many clients as he likes, or any.",
  fix: "set_real_ip_from with the ranges of the load balancers and no wider; with proxy_protocol too; real_ip_recursive off.",
  appliesTo: nginxServers,
  requirements: ["TKT-SEC.2"],
  concerns: (server) =>
    isReached(server) &&
    (server.listens.some(({ proxyProtocol }) => proxyProtocol) ||
      server.context.inForce("set_real_ip_from").length > 0),
  check: ({ title, context, listens }, estate) => {
    const ranges = trustedRanges(context, estate);
    const wide = ranges.filter(({ admitted }) => isUnknown(admitted) || !admitted);
    const proxied = listens.some(({ proxyProtocol }) => proxyProtocol);
    return [
      ...wide.map(({ text, admitted }) =>
        objection(
          `${title}: set_real_ip_from`,
          isUnknown(admitted) ? admitted : text,
          "a range of load balancers, no wider",
        ),
      ),
      ...(proxied && ranges.length === 0
        ? [objection(`${title}: set_real_ip_from`, undefined, "the ranges whose PROXY header counts")]
        : []),
      ...demand(
        `${title}: real_ip_header`,
        context.word("real_ip_header", "X-Real-IP"),
        proxied ? "proxy_protocol" : "X-Forwarded-For or proxy_protocol, which load balancers write",
        (it) => it === "proxy_protocol" || (!proxied && it.toLowerCase() === "x-forwarded-for"),
      ),
    ];
  },
});
