import { kind, type Manifest } from "../estate.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Fields } from "./fields.ts";
import { groupOf, type Named, named, objectsOf } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { pods } from "./pods.ts";

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
  /** Fields that name somebody in other ways: addresses, URIs, a whole subject. */
  readonly otherNames: readonly string[];
  /** Pods that mount it. */
  readonly bearers: readonly Pod[];
  /** `AWSPCAClusterIssuer/internal`. */
  readonly issuer: string;
  readonly issuerGroup: string;
  /** What issues it, where outputs show it. */
  readonly issuedBy: Named | undefined;
}

const OTHER_NAMES = ["ipAddresses", "uris", "emailAddresses", "otherNames", "literalSubject", "subject"];

export const podCertificates = kind<PodCertificate>("Certificate", (estate) => {
  const issuers = estate.manifests.filter((each) => /Issuer$/.test(each.kind));
  const bearers = Map.groupBy(
    estate.of(pods).flatMap((pod) => secretsOf(pod).map((secret) => ({ pod, secret: `${pod.namespace}/${secret}` }))),
    ({ secret }) => secret,
  );
  return objectsOf(estate, "Certificate", "cert-manager.io").map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const key = spec.in("privateKey");
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
      otherNames: OTHER_NAMES.filter((each) => spec.has(each)),
      bearers: (bearers.get(`${object.namespace}/${String(spec.raw["secretName"])}`) ?? []).map(({ pod }) => pod),
      ...issuerOf(spec, manifest.namespace, issuers),
    };
  });
});

/** Whom its `issuerRef` names, and that issuer where the outputs have it. */
function issuerOf(spec: Fields, namespace: string | undefined, issuers: readonly Manifest[]) {
  const { raw } = spec.in("issuerRef");
  const ofKind = String(raw["kind"] ?? "Issuer");
  const issuerGroup = String(raw["group"] ?? "cert-manager.io");
  const found = issuers.find(
    (each) =>
      each.kind === ofKind &&
      groupOf(each) === issuerGroup &&
      each.name === raw["name"] &&
      (ofKind.includes("Cluster") || each.namespace === namespace),
  );
  return {
    issuer: `${ofKind}/${String(raw["name"])}`,
    issuerGroup,
    issuedBy: found === undefined ? undefined : named(found),
  };
}

/** Names of Secrets that a pod mounts, alone or among others. */
const secretsOf = ({ volumes }: Pod): readonly string[] =>
  volumes.flatMap(({ source }) =>
    [source.raw["secretName"], ...source.list("sources").map((each) => each.in("secret").raw["name"])].flatMap(
      (name) => (typeof name === "string" ? name : []),
    ),
  );

const UNITS: Readonly<Record<string, number>> = { h: 1, m: 1 / 60, s: 1 / 3600 };

/** A duration of Go: `168h`, `1h30m`. */
function hours(fields: Fields, name: string): Value<number> | undefined {
  const text = fields.text(name);
  if (text === undefined || isUnknown(text)) return text;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text) return new Unknown(text);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0), 0);
}
