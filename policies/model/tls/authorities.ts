import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** A private authority of AWS, or a certificate that Terraform takes from one. */
export interface Authority {
  readonly at: Place;
  readonly is: "authority" | "certificate";
  readonly keyAlgorithm: Value<string> | undefined;
  readonly signingAlgorithm: Value<string> | undefined;
  /** Whether it signs at all. */
  readonly signs: Value<boolean>;
  /** Of an authority: whether clients can learn what it has revoked. True where certificates live for days at most. */
  readonly revokes: Value<boolean>;
  /** Of a certificate: whether it is for an authority, not for a server or client. */
  readonly forAuthority: Value<boolean>;
  /** Of a certificate. */
  readonly days: Value<number>;
}

const DAYS: ReadonlyMap<string, number> = new Map([
  ["DAYS", 1],
  ["MONTHS", 31],
  ["YEARS", 365],
]);

/** Private authorities and certificates taken from them. */
export const authorities = kind<Authority>("private authority", ({ terraform }) => [
  ...terraform.ofType("aws_acmpca_certificate_authority").map(authority),
  ...terraform.ofType("aws_acmpca_certificate").map(taken),
]);

function authority(resource: Resource): Authority {
  const { block } = resource;
  const own = block.block("certificate_authority_configuration");
  return {
    at: placeOfResource(resource),
    is: "authority",
    keyAlgorithm: own?.text("key_algorithm"),
    signingAlgorithm: own?.text("signing_algorithm"),
    signs: block.flag("enabled") ?? true,
    revokes: revokes(block),
    forAuthority: true,
    days: 0,
  };
}

function revokes(block: Block): Value<boolean> {
  const mode = block.text("usage_mode") ?? "GENERAL_PURPOSE";
  if (mode === "SHORT_LIVED_CERTIFICATE") return true;
  const given = block.block("revocation_configuration");
  const ways = ["crl_configuration", "ocsp_configuration"].map((name) => given?.block(name)?.flag("enabled") ?? false);
  return ways.includes(true) || (ways.find(isUnknown) ?? (isUnknown(mode) ? mode : false));
}

function taken(resource: Resource): Authority {
  const { block } = resource;
  // "template_arn: defaults to EndEntityCertificate/V1".
  const template = block.text("template_arn") ?? "EndEntityCertificate/V1";
  const validity = block.block("validity");
  const [type, value] = [validity?.text("type"), validity?.number("value")];
  const unit = typeof type === "string" ? DAYS.get(type) : undefined;
  return {
    at: placeOfResource(resource),
    is: "certificate",
    keyAlgorithm: undefined,
    signingAlgorithm: block.text("signing_algorithm"),
    signs: true,
    revokes: true,
    forAuthority: isUnknown(template) ? template : /(?:Root|Subordinate)CACertificate/.test(template),
    days:
      typeof value === "number" && unit !== undefined ? value * unit : new Unknown(`${String(value)} ${String(type)}`),
  };
}
