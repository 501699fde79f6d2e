import { kind } from "../estate.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Fields } from "./fields.ts";
import { groupOf, type Named, named, objectsOf } from "./objects.ts";

/** A Certificate of cert-manager. Times in hours. */
export interface PodCertificate extends Named {
  readonly secret: string;
  readonly lasts: Value<number>;
  readonly renewsBefore: Value<number>;
  /** Whether each renewal makes a new key. Absent: only since cert-manager 1.18. */
  readonly renewsKey: Value<string> | undefined;
  readonly algorithm: Value<string>;
  readonly keySize: Value<number>;
  readonly isAuthority: Value<boolean>;
  readonly usages: readonly string[];
  readonly names: readonly string[];
  /** `AWSPCAClusterIssuer/internal`. */
  readonly issuer: string;
  readonly issuerGroup: string;
  /** What issues it, where outputs show it. */
  readonly issuedBy: Named | undefined;
}

export const podCertificates = kind<PodCertificate>("Certificate", (estate) => {
  const issuers = estate.manifests.filter((each) => /Issuer$/.test(each.kind));
  return objectsOf(estate, "Certificate", "cert-manager.io").map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const key = spec.in("privateKey");
    const issuer = spec.in("issuerRef").raw;
    const ofKind = String(issuer["kind"] ?? "Issuer");
    const issuerGroup = String(issuer["group"] ?? "cert-manager.io");
    const issuedBy = issuers.find(
      (each) =>
        each.kind === ofKind &&
        groupOf(each) === issuerGroup &&
        each.name === issuer["name"] &&
        (ofKind.includes("Cluster") || each.namespace === manifest.namespace),
    );
    const algorithm = key.text("algorithm") ?? "RSA";
    // cert-manager documentation, Certificate API: 90 days, a third of them before the end.
    const lasts = hours(spec, "duration") ?? 2160;
    return {
      ...object,
      secret: String(spec.raw["secretName"]),
      lasts,
      renewsBefore: hours(spec, "renewBefore") ?? (isUnknown(lasts) ? lasts : lasts / 3),
      renewsKey: key.text("rotationPolicy"),
      algorithm,
      keySize: key.number("size") ?? (algorithm === "ECDSA" ? 256 : 2048),
      isAuthority: spec.flag("isCA") ?? false,
      usages: spec.texts("usages"),
      names: [
        ...spec.texts("dnsNames"),
        ...(typeof spec.raw["commonName"] === "string" ? [spec.raw["commonName"]] : []),
      ],
      issuer: `${ofKind}/${String(issuer["name"])}`,
      issuerGroup,
      issuedBy: issuedBy === undefined ? undefined : named(issuedBy),
    };
  });
});

const UNITS: Readonly<Record<string, number>> = { h: 1, m: 1 / 60, s: 1 / 3600 };

/** A duration of Go: `168h`, `1h30m`. */
function hours(fields: Fields, name: string): Value<number> | undefined {
  const text = fields.text(name);
  if (text === undefined || isUnknown(text)) return text;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text) return new Unknown(text);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0), 0);
}
