import { objection, rule } from "../../engine/rule.ts";
import {
  doubtfulHeaders,
  facesCallers,
  handsOnRequest,
  headersSet,
  ownedHeaders,
} from "../../model/nginx/handed-headers.ts";
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
      ...doubtfulHeaders(proxy).map(({ name, got, expected }) =>
        objection(`${proxy.title}, proxy_set_header ${name}`, got, expected),
      ),
    ];
  },
});
