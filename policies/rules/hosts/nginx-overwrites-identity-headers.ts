import { objection, rule } from "../../engine/rule.ts";
import { facesCallers, handsOnRequest, headersSet, ownedHeaders } from "../../model/nginx/handed-headers.ts";
import { nginxProxies } from "../../model/nginx/proxies.ts";

/** Who a caller is and where from, NGINX says; what the caller says of itself is replaced. */
export const nginxOverwritesIdentityHeaders = rule({
  id: "HOST-006",
  slug: "nginx-overwrites-identity-headers",
  severity: "critical",
  title: "What NGINX hands on says nothing of a caller that the caller made up",
  why: "Applications take these headers for the verified certificate or address: whoever may set one is whom they like.",
  fix: 'Set every one of them with proxy_set_header, to a value that NGINX knows or to "", in the block that sets any; or set proxy_pass_request_headers off.',
  appliesTo: nginxProxies,
  requirements: ["BRK-SEC.7", "TKT-SEC.2"],
  concerns: facesCallers,
  check: (proxy) => {
    const set = headersSet(proxy);
    const owned = ownedHeaders(proxy);
    const forged = handsOnRequest(proxy) ? owned.filter((name) => !set.has(name)) : [];
    const believed = [...set].filter(([name, value]) => owned.includes(name) && ofCaller(value));
    return [
      ...(forged.length === 0
        ? []
        : [
            objection(
              `${proxy.title}, proxy_set_header`,
              `what callers send as ${forged.join(", ")}`,
              "each is set by NGINX",
            ),
          ]),
      ...believed.map(([name, value]) =>
        objection(`${proxy.title}, proxy_set_header ${name}`, value, "nothing that callers send"),
      ),
    ];
  },
});

/** Variables that hold what a request says. `$proxy_add_x_forwarded_for` keeps what came and adds to it. */
const ofCaller = (value: string): boolean =>
  /\$\{?(?:http_\w+|proxy_add_x_forwarded_for|arg_\w+|cookie_\w+)/.test(value);
