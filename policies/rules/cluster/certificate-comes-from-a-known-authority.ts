import { objection, rule } from "../../engine/rule.ts";
import { podCertificates } from "../../model/cluster/certificates.ts";
import { Unknown } from "../../model/value.ts";

/** Whoever signs the certificates of pods is whom all others believe. */
export const certificateComesFromAKnownAuthority = rule({
  id: "K8S-044",
  slug: "certificate-comes-from-a-known-authority",
  severity: "high",
  title:
    "Certificates of pods come from an authority of the account, by an issuer that is shown, and none signs itself",
  why: "What a stranger signs is believed wherever his authority is; what signs itself is believed nowhere, until somebody turns the check off.",
  fix: "issuerRef to a ClusterIssuer of the release, for an authority of AWS Private CA in this account.",
  appliesTo: podCertificates,
  requirements: [],
  check: ({ issuer, issuedBy }, { declaration }) => {
    if (issuedBy === undefined) {
      return [objection("spec.issuerRef", new Unknown(`${issuer} is not shown`), "an issuer that is shown")];
    }
    const { spec, at } = issuedBy;
    const account = /^arn:[^:]*:acm-pca:[^:]*:(\d+):/.exec(String(spec.raw["arn"] ?? ""))?.[1];
    const isOther = declaration !== undefined && account !== undefined && account !== declaration.account;
    return [
      ...(spec.has("selfSigned") ? [objection("spec.selfSigned", "it signs itself", "an authority", at)] : []),
      ...(spec.has("ca") ? [objection("spec.ca", "a key in a Secret", "an authority whose key nobody has", at)] : []),
      ...(isOther ? [objection("spec.arn", spec.raw["arn"], `an authority of ${declaration.account}`, at)] : []),
    ];
  },
});
