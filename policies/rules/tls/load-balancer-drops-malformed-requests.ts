import { demand, rule } from "../../engine/rule.ts";
import { loadBalancers } from "../../model/load-balancers.ts";

/** Two programs that read one request differently are how requests are smuggled past a web ACL. */
export const loadBalancerDropsMalformedRequests = rule({
  id: "TLS-006",
  slug: "load-balancer-drops-malformed-requests",
  severity: "medium",
  title: "Every application load balancer drops invalid headers and ambiguous requests, and says itself whose they are",
  why: "A request that the load balancer and the server behind it read differently hides a second one from both; an address that a client may write is no address to limit or admit by.",
  fix: "Set drop_invalid_header_fields to true and desync_mitigation_mode to strictest or defensive, xff_header_processing_mode not to preserve.",
  appliesTo: loadBalancers,
  requirements: ["TKT-5.6"],
  concerns: ({ type }) => type !== "network" && type !== "gateway",
  check: ({ dropsInvalidHeaders, desyncMitigation, forwardedFor }) => [
    ...demand("drop_invalid_header_fields", dropsInvalidHeaders, "true", (drops) => drops),
    ...demand("desync_mitigation_mode", desyncMitigation, "strictest or defensive", (mode) =>
      ["strictest", "defensive"].includes(mode),
    ),
    ...demand("xff_header_processing_mode", forwardedFor, "append or remove", (mode) => mode !== "preserve"),
  ],
});
