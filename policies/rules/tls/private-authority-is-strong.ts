import { demand, rule } from "../../engine/rule.ts";
import { authorities } from "../../model/tls/authorities.ts";

const LONGEST_DAYS = 10 * 365;
const KEYS = [
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
  "ML_DSA_44",
  "ML_DSA_65",
  "ML_DSA_87",
];

/** What a private authority signs is believed inside; what it signed by mistake has to be taken back. */
export const privateAuthorityIsStrong = rule({
  id: "TLS-013",
  slug: "private-authority-is-strong",
  severity: "high",
  title: "Private authorities sign, with strong keys, live ten years at most, and revoke what lives longer than days",
  why: "A certificate of a stolen key that cannot be revoked opens mutual TLS until it expires by itself.",
  fix: "Use EC_prime256v1 or RSA_2048 and SHA256 at least; enable a CRL or OCSP, or make the authority SHORT_LIVED_CERTIFICATE; let servers and clients take certificates by themselves, not by aws_acmpca_certificate.",
  appliesTo: authorities,
  requirements: ["BRK-SEC.8"],
  check: ({ is, keyAlgorithm, signingAlgorithm, signs, revokes, forAuthority, days }) => [
    ...(is === "authority"
      ? demand("certificate_authority_configuration.key_algorithm", keyAlgorithm ?? "nothing", KEYS.join(", "), (key) =>
          KEYS.includes(key),
        )
      : []),
    ...demand("signing_algorithm", signingAlgorithm ?? "nothing", "SHA256 or stronger", (name) =>
      /^(?:SHA(?:256|384|512)|ML_DSA)/.test(name),
    ),
    ...demand("enabled", signs, "true: hosts renew every few days", (does) => does),
    ...demand("revocation_configuration", revokes, "a CRL or OCSP, or certificates of days", (can) => can),
    ...demand(
      "template_arn",
      forAuthority,
      "an authority's own certificate; others expire here, for Terraform renews nothing",
      (own) => own,
    ),
    ...demand("validity", days, `at most ${LONGEST_DAYS} days`, (given) => given <= LONGEST_DAYS),
  ],
});
