import { demand, rule } from "../../engine/rule.ts";
import { databaseTransports } from "../../model/tls/databases.ts";
import { atLeast } from "../../model/tls/protocols.ts";
import { isUnknown } from "../../model/value.ts";

/** Judged in the group that is attached: a right one that nothing uses helps nobody. */
export const databaseRefusesClearText = rule({
  id: "TLS-009",
  slug: "database-refuses-clear-text",
  severity: "high",
  title: "Every managed database refuses clear text and TLS below 1.2, in the parameter group that it really has",
  why: "A client with sslmode=prefer falls back to clear text without a word, and sends its password in it.",
  fix: "In the attached parameter group: rds.force_ssl = 1 and ssl_min_protocol_version = TLSv1.2 (PostgreSQL), require_secure_transport = ON and tls_version = TLSv1.2,TLSv1.3 (MySQL, MariaDB), tls = tls1.2+ (DocumentDB), require_ssl = true (Redshift).",
  appliesTo: databaseTransports,
  requirements: ["MUN-2.3", "MUN-4.6"],
  check: ({ attribute, group, refusesClearText, lowest, lowestAttribute }) => [
    ...demand(attribute, refusesClearText, `clear text refused (${group})`, (refuses) => refuses),
    ...(isUnknown(lowest) && lowest === refusesClearText
      ? []
      : demand(lowestAttribute, lowest, `TLS 1.2 or newer (${group})`, (version) => atLeast(version, "TLSv1.2"))),
  ],
});
