import { objection, rule } from "../../engine/rule.ts";
import { serviceTransports } from "../../model/tls/service-transports.ts";

/** Judged by a table of settings, each with what holds where nothing is said. */
export const serviceSpeaksTls = rule({
  id: "TLS-010",
  slug: "service-speaks-tls",
  severity: "high",
  title:
    "Every managed service that could speak clear text is told not to, and caches, brokers and graphs ask clients who they are",
  why: "Sessions in a cache, messages in a stream and mail travel in clear text by the default of many services.",
  fix: "Set the attribute to what is expected; a cache gets transit_encryption_enabled with user_group_ids or auth_token.",
  appliesTo: serviceTransports,
  requirements: ["MUN-2.3"],
  check: ({ attribute, value, fine, expected }) => (fine ? [] : [objection(attribute, value, expected)]),
});
