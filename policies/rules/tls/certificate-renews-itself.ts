import { demand, objection, rule } from "../../engine/rule.ts";
import { certificates } from "../../model/tls/certificates.ts";
import { known } from "../../model/value.ts";

const STRONG = ["RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

/** A certificate that nobody renews is an outage with a date. */
export const certificateRenewsItself = rule({
  id: "TLS-012",
  slug: "certificate-renews-itself",
  severity: "high",
  title:
    "Every certificate is renewed by ACM without a person, is proven by DNS, for names rather than for all below one, with a strong key",
  why: "An imported certificate, or one proven by mail, expires at night, and every client is locked out at once.",
  fix: "Request it from ACM with validation_method DNS, its aws_route53_record and aws_acm_certificate_validation, a key of RSA_2048 or EC_prime256v1 at least, and create_before_destroy.",
  appliesTo: certificates,
  requirements: ["BRK-26.7"],
  check: ({ origin, attribute, names, validation, proven, keyAlgorithm, hidden, replacedFirst }) => {
    if (origin === "imported" || origin === "state") {
      return [
        objection(
          attribute,
          origin === "imported" ? "an imported certificate" : "a certificate of Terraform's own, its key in the state",
          "a certificate that ACM renews",
        ),
      ];
    }
    const requested = origin === "requested";
    return [
      ...(requested ? demand("validation_method", validation ?? "nothing", "DNS", (method) => method === "DNS") : []),
      ...(requested && known(validation) === "DNS"
        ? demand("aws_acm_certificate_validation", proven, "true: its records are made and waited for", (is) => is)
        : []),
      // Whoever has the key of one such name has all of them.
      ...names
        .filter((name) => known(name)?.startsWith("*"))
        .map((name) => objection("domain_name", name, "the names that are served, without *")),
      ...demand("key_algorithm", keyAlgorithm, STRONG.join(", "), (algorithm) => STRONG.includes(algorithm)),
      ...demand("options.certificate_transparency_logging_preference", hidden, "not left out of the logs", (is) => !is),
      ...(replacedFirst === undefined
        ? []
        : demand("lifecycle.create_before_destroy", replacedFirst, "true", (first) => first)),
    ];
  },
});
