import { demand, objection, rule } from "../../engine/rule.ts";
import { clusters } from "../../model/identity/clusters.ts";
import { isUnknown } from "../../model/value.ts";

const LOGS = ["api", "audit", "authenticator"];

/** Who governs a cluster is told by entries that are written down, reaches it from inside, and leaves traces. */
export const clusterIsGovernedPrivately = rule({
  id: "IAM-019",
  slug: "cluster-is-governed-privately",
  severity: "critical",
  title: "A cluster's API is private, its administrators are entries, and what they do is logged",
  why: "A public API is one stolen token away from every pod; its maker's hidden administration is in no list of rights.",
  fix: "endpoint_public_access false, endpoint_private_access true, authentication_mode API, bootstrap_cluster_creator_admin_permissions false, logs api, audit, authenticator.",
  appliesTo: clusters,
  requirements: [],
  check: ({ publicEndpoint, privateEndpoint, authentication, creatorGoverns, logs, issuers }, { declaration }) => [
    ...demand("vpc_config.endpoint_public_access", publicEndpoint, "false", (each) => !each),
    ...demand("vpc_config.endpoint_private_access", privateEndpoint, "true", (each) => each),
    ...demand("access_config.authentication_mode", authentication, "API", (each) => each === "API"),
    ...demand("access_config.bootstrap_cluster_creator_admin_permissions", creatorGoverns, "false", (each) => !each),
    ...(logs.some(isUnknown)
      ? logs.filter(isUnknown).map((each) => objection("enabled_cluster_log_types", each, LOGS.join(", ")))
      : demand("enabled_cluster_log_types", logs, LOGS.join(", "), (each) => LOGS.every((log) => each.includes(log)))),
    // No declaration has people of another issuer: theirs would be rights that no entry shows.
    ...(declaration === undefined
      ? []
      : issuers.map(({ at, url }) => objection("oidc.issuer_url", url, "no issuer but AWS", at))),
  ],
});
