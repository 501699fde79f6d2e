import { demand, rule } from "../../engine/rule.ts";
import { tlsEndpoints } from "../../model/tls/endpoints.ts";

/** Silent where no table has the policy: another rule says so. */
export const sessionsAreForwardSecret = rule({
  id: "TLS-002",
  slug: "sessions-are-forward-secret",
  severity: "medium",
  title: "Every key exchange that clients may choose is forward secret",
  why: "With a key exchange by RSA, traffic recorded today is read on the day the key is stolen.",
  fix: "Name a policy without RSA key exchange: one of the ELBSecurityPolicy-TLS13-1-2 ones that is not an Ext1 or Ext2, TLSv1.2_2021, Policy-Min-TLS-1-2-PFS-2023-10.",
  appliesTo: tlsEndpoints,
  requirements: [],
  concerns: ({ choosesCiphers, range }) => choosesCiphers && range !== undefined,
  check: ({ attribute, policy, range }) =>
    demand(
      attribute,
      String(policy),
      "a policy whose every key exchange is forward secret",
      () => range?.forwardSecret === true,
    ),
});
