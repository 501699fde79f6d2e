import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";

/** A certificate that something of AWS shows to clients. */
export interface Certificate {
  readonly at: Place;
  /**
   * `requested`: from ACM, which renews it. `private`: from ACM by an authority of one's own. `imported`: brought along;
   * `state`: made by Terraform itself. The last two nobody renews, and the key of a made one lies in the state.
   */
  readonly origin: "requested" | "private" | "imported" | "state";
  readonly attribute: string;
  /** Names that it is for. */
  readonly names: readonly Value<string>[];
  /** `DNS` renews without a person. */
  readonly validation: Value<string> | undefined;
  /** Whether records that prove the domain are made and waited for; only of requested ones. */
  readonly proven: Value<boolean>;
  readonly keyAlgorithm: Value<string>;
  /** Whether it is left out of the public logs of certificates. */
  readonly hidden: Value<boolean>;
  /** Whether a new one is there before the old one goes; unknown to plans. */
  readonly replacedFirst: Value<boolean> | undefined;
}

const MADE = ["tls_self_signed_cert", "tls_locally_signed_cert"] as const;

/** Certificates of ACM, of IAM, and of Terraform's own making. */
export const certificates = kind<Certificate>("certificate", ({ terraform }) => {
  const validations = new Map(
    terraform
      .ofType("aws_acm_certificate_validation")
      .map((each) => [terraform.find(each.block.text("certificate_arn"), "aws_acm_certificate"), each]),
  );
  return [
    ...terraform.ofType("aws_acm_certificate").map((each) => ofManager(each, validations.get(each), terraform)),
    ...terraform.ofType("aws_iam_server_certificate").map((each) => brought(each, "imported", "certificate_body")),
    ...terraform
      .ofType("aws_cloudfront_distribution")
      .filter(({ block }) => block.block("viewer_certificate")?.has("iam_certificate_id") === true)
      .map((each) => brought(each, "imported", "viewer_certificate.iam_certificate_id")),
    ...terraform.ofType(...MADE).map((each) => brought(each, "state", "validity_period_hours")),
  ];
});

const brought = (resource: Resource, origin: "imported" | "state", attribute: string): Certificate => ({
  at: placeOfResource(resource),
  origin,
  attribute,
  names: [],
  validation: undefined,
  proven: false,
  keyAlgorithm: "RSA_2048",
  hidden: false,
  replacedFirst: undefined,
});

function ofManager(resource: Resource, validation: Resource | undefined, terraform: Graph): Certificate {
  const { block, document } = resource;
  const imported = block.has("certificate_body") || block.has("private_key");
  const own = block.has("certificate_authority_arn") ? "private" : "requested";
  const transparency = block.block("options")?.text("certificate_transparency_logging_preference") ?? "ENABLED";
  return {
    at: placeOfResource(resource),
    origin: imported ? "imported" : own,
    attribute: imported ? "certificate_body" : "domain_name",
    names: [...block.texts("domain_name"), ...block.texts("subject_alternative_names")],
    validation: block.text("validation_method"),
    proven: provenBy(validation, resource, terraform),
    keyAlgorithm: block.text("key_algorithm") ?? "RSA_2048",
    hidden: isUnknown(transparency) ? transparency : transparency === "DISABLED",
    replacedFirst:
      document.kind === "configuration"
        ? (block.block("lifecycle")?.flag("create_before_destroy") ?? false)
        : undefined,
  };
}

/** Terraform waits for the certificate, and the records that it names, or that name the certificate, are its own. */
function provenBy(validation: Resource | undefined, certificate: Resource, terraform: Graph): Value<boolean> {
  if (validation === undefined) return false;
  const names = validation.block.texts("validation_record_fqdns");
  if (names.length === 0) {
    const named = terraform
      .ofType("aws_route53_record")
      .some(({ raw }) => JSON.stringify(raw.attributes).includes(`${certificate.address}.`));
    return named ? true : new Unknown("no validation_record_fqdns");
  }
  const strange = names.find((name) =>
    isUnknown(name) ? !/aws_route53_record\./.test(name.expression) : known(name) === undefined,
  );
  return strange === undefined ? true : (strange as Unknown);
}
