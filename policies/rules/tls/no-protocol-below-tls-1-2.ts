import { demand, objection, rule } from "../../engine/rule.ts";
import { tlsEndpoints } from "../../model/tls/endpoints.ts";
import { atLeast } from "../../model/tls/protocols.ts";
import { isUnknown } from "../../model/value.ts";

/** A policy is judged by the versions that it allows; one that no table has is not trusted. */
export const noProtocolBelowTls12 = rule({
  id: "TLS-001",
  slug: "no-protocol-below-tls-1-2",
  severity: "critical",
  title: "Nothing that ends TLS for clients speaks a version below 1.2",
  why: "TLS 1.0 and 1.1 are broken; what still offers them can be talked down to them by anyone on the way.",
  fix: "Name a policy that begins at TLS 1.2, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 or TLSv1.2_2021. A newer name is first entered in policies/model/tls/policy-tables.ts, from the page of AWS that the table names.",
  appliesTo: tlsEndpoints,
  requirements: ["TKT-5.6", "MUN-2.2", "MUN-4.17", "BRK-19.2"],
  check: ({ attribute, policy, named, range }) => {
    const expected = "a policy that is known to begin at TLS 1.2 or 1.3";
    if (range === undefined) {
      const got = isUnknown(policy) || policy === undefined ? policy : `${policy}, which no table of policies has`;
      return [objection(attribute, got, expected)];
    }
    const name = named ? String(policy) : `nothing, which is ${String(policy)}`;
    return demand(attribute, `${name} (from ${range.lowest})`, expected, () => atLeast(range.lowest, "TLSv1.2"));
  },
});
