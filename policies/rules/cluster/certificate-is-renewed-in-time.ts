import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { type PodCertificate, podCertificates } from "../../model/cluster/certificates.ts";
import { isUnknown, known } from "../../model/value.ts";

/** A private authority without a list of revoked ones: what is stolen ends by itself. */
const DAYS_PRIVATE = 7;
/** Of a public one, which can revoke. */
const DAYS_PUBLIC = 90;
const SMALLEST: Readonly<Record<string, number>> = { RSA: 2048, ECDSA: 256, Ed25519: 0 };

/** Certificates of pods end soon and are new long before. */
export const certificateIsRenewedInTime = rule({
  id: "K8S-028",
  slug: "certificate-is-renewed-in-time",
  severity: "high",
  title: "Certificates of pods are short-lived, renewed with a third of their time left, each time with a new key",
  why: "A stolen key is good until its certificate ends; one that is renewed at the last hour is an outage when its authority is away for that hour.",
  fix: `Set duration to ${DAYS_PRIVATE * 24}h or less for a private authority, renewBefore to a third of it or more, privateKey.rotationPolicy Always; never isCA.`,
  appliesTo: podCertificates,
  requirements: [],
  check: (certificate) => [
    ...timesOf(certificate),
    ...demand(
      "spec.privateKey.rotationPolicy",
      certificate.renewsKey ?? "nothing, which is Never before cert-manager 1.18",
      "Always",
      (each) => each === "Always",
    ),
    ...demand(
      "spec.privateKey.size",
      certificate.keySize,
      "RSA of 2048 bits, ECDSA of 256, or more",
      (size) => size >= (SMALLEST[known(certificate.algorithm) ?? ""] ?? Number.POSITIVE_INFINITY),
    ),
    ...demand("spec.isCA", certificate.isAuthority, "false", (each) => !each),
    ...certificate.usages
      .filter((each) => each === "any" || each === "cert sign")
      .map((each) => objection("spec.usages", each, "server auth, client auth")),
    ...certificate.names
      .filter((each) => each.includes("*"))
      .map((each) => objection("spec.dnsNames", each, "names, no pattern")),
  ],
});

function timesOf({ lasts, renewsBefore, issuerGroup }: PodCertificate): readonly Objection[] {
  const most = (issuerGroup.startsWith("awspca.") ? DAYS_PRIVATE : DAYS_PUBLIC) * 24;
  const whole = known(lasts);
  return [
    ...(isUnknown(lasts) || lasts > most
      ? [objection("spec.duration", isUnknown(lasts) ? lasts : `${lasts}h`, `${most}h or less`)]
      : []),
    ...demand(
      "spec.renewBefore",
      renewsBefore,
      "a third of the duration or more, and less than all of it",
      (each) => whole === undefined || (each >= whole / 3 && each < whole),
    ),
  ];
}
