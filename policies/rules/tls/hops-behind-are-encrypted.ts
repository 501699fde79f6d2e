import { objection, rule } from "../../engine/rule.ts";
import { hops } from "../../model/tls/hops.ts";
import { isUnknown } from "../../model/value.ts";

/** Where TLS ends at the edge, it begins again behind it. */
export const hopsBehindAreEncrypted = rule({
  id: "TLS-005",
  slug: "hops-behind-are-encrypted",
  severity: "high",
  title: "Load balancers, distributions and APIs speak TLS 1.2 or newer to what is behind them, health checks too",
  why: "Behind the edge the same passwords and personal data travel on; a private network is no secret one.",
  fix: "Protocol HTTPS (or TLS) for target groups and their health checks; https-only with TLSv1.2 for origins; https:// for integrations and subscriptions.",
  appliesTo: hops,
  requirements: ["MUN-2.3"],
  check: ({ attribute, speaks, encrypted }) => {
    if (encrypted) return [];
    return [objection(attribute, speaks, isUnknown(speaks) ? "shown to be TLS 1.2 or newer" : "TLS 1.2 or newer")];
  },
});
