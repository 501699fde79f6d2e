import { demand, objection, rule } from "../../engine/rule.ts";
import { mutualEntrances } from "../../model/tls/mutual.ts";

/** Asking for a certificate and not looking at it lets everybody in who brings any. */
export const mutualTlsVerifies = rule({
  id: "TLS-014",
  slug: "mutual-tls-verifies",
  severity: "critical",
  title:
    "An entrance that asks clients for certificates verifies them, by date and revocation too, and has no way round",
  why: "With passthrough, an expired or revoked certificate, or the API's own address, a client is let in unproven.",
  fix: "Mode verify with a trust store and an aws_lb_trust_store_revocation, ignore_client_certificate_expiry off; disable_execute_api_endpoint for each API behind a domain name with mutual TLS.",
  appliesTo: mutualEntrances,
  requirements: [],
  check: ({ attribute, verifies, acceptsExpired, knowsRevoked, bypasses }) => [
    ...demand(`${attribute}.mode`, verifies, "true: verify, by a trust store", (does) => does),
    ...demand(`${attribute}.ignore_client_certificate_expiry`, acceptsExpired, "false", (accepts) => !accepts),
    ...(knowsRevoked === undefined
      ? []
      : demand(
          `${attribute}.trust_store_arn`,
          knowsRevoked,
          "true: a trust store with a list of revoked ones",
          (knows) => knows,
        )),
    ...bypasses.map((at) => objection("disable_execute_api_endpoint", false, "true, or clients pass by", at)),
  ],
});
