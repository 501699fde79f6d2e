import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const requested = {
  domain_name: "tickets.example.org",
  validation_method: "DNS",
  lifecycle: { create_before_destroy: true },
};
const certificate = (more: object = {}): Loose => ({ aws_acm_certificate: { web: { ...requested, ...more } } });
const proven = (validation_record_fqdns: unknown): Loose => ({
  aws_acm_certificate_validation: {
    web: { certificate_arn: "${aws_acm_certificate.web.arn}", validation_record_fqdns },
  },
});
const record: Loose = {
  aws_route53_record: {
    proof: {
      name: "${tolist(aws_acm_certificate.web.domain_validation_options)[0].resource_record_name}",
      type: "CNAME",
    },
  },
};

export const examples: Examples = {
  good: [
    {
      title: "a certificate that its record proves",
      resources: { ...certificate(), ...record, ...proven(["${aws_route53_record.proof.fqdn}"]) },
    },
    {
      title: "records of a loop",
      resources: { ...certificate(), ...proven("${[for each in aws_route53_record.proof : each.fqdn]}") },
    },
    { title: "records that name the certificate", resources: { ...certificate(), ...record, ...proven(undefined) } },
    {
      title: "a certificate of a private authority",
      resources: certificate({
        validation_method: null,
        certificate_authority_arn: "${aws_acmpca_certificate_authority.own.arn}",
      }),
    },
  ],
  bad: [
    {
      title: "nothing that waits for it",
      resources: certificate(),
      finds: ["aws_acm_certificate.web aws_acm_certificate_validation"],
    },
    {
      title: "a certificate for all names below one",
      resources: {
        ...certificate({ subject_alternative_names: ["*.example.org"] }),
        ...record,
        ...proven(["${aws_route53_record.proof.fqdn}"]),
      },
      finds: ["aws_acm_certificate.web domain_name"],
    },
    {
      title: "a proof by mail, a weak key, no log, and a gap when it is replaced",
      resources: certificate({
        validation_method: "EMAIL",
        key_algorithm: "RSA_1024",
        options: { certificate_transparency_logging_preference: "DISABLED" },
        lifecycle: null,
      }),
      finds: [
        "aws_acm_certificate.web validation_method",
        "aws_acm_certificate.web key_algorithm",
        "aws_acm_certificate.web options.certificate_transparency_logging_preference",
        "aws_acm_certificate.web lifecycle.create_before_destroy",
      ],
    },
    {
      title: "certificates that are brought along or made by Terraform",
      resources: {
        aws_acm_certificate: { web: { certificate_body: '${file("web.pem")}', private_key: "${var.key}" } },
        aws_iam_server_certificate: { old: { certificate_body: '${file("old.pem")}' } },
        aws_cloudfront_distribution: { web: { viewer_certificate: { iam_certificate_id: "ASCA1" } } },
        tls_self_signed_cert: { own: { validity_period_hours: 8760 } },
      },
      finds: [
        "aws_acm_certificate.web certificate_body",
        "aws_iam_server_certificate.old certificate_body",
        "aws_cloudfront_distribution.web viewer_certificate.iam_certificate_id",
        "tls_self_signed_cert.own validity_period_hours",
      ],
    },
  ],
  unknown: [
    {
      title: "records that a variable names, or nobody",
      resources: {
        aws_acm_certificate: { web: requested, other: requested },
        aws_acm_certificate_validation: {
          web: { certificate_arn: "${aws_acm_certificate.web.arn}", validation_record_fqdns: "${var.records}" },
          other: { certificate_arn: "${aws_acm_certificate.other.arn}" },
        },
      },
      finds: [
        "aws_acm_certificate.web aws_acm_certificate_validation",
        "aws_acm_certificate.other aws_acm_certificate_validation",
      ],
    },
  ],
};

const changed = (title: string, more: object): Mutation =>
  onResource("aws_acm_certificate", title, (each) => ({ ...each, ...more }));

export const mutations: readonly Mutation[] = [
  onResource("aws_acm_certificate_validation", "wait for no certificate", () => undefined),
  onResource("aws_acm_certificate_validation", "wait for records of somebody else", (each) => ({
    ...each,
    validation_record_fqdns: ["${var.record}"],
  })),
  changed("prove by mail", { validation_method: "EMAIL" }),
  changed("take all names below one", { domain_name: "*.example.org" }),
  changed("a weak key", { key_algorithm: "RSA_1024" }),
  changed("bring a certificate along", { validation_method: null, certificate_body: "pem", private_key: "pem" }),
  changed("hide it from the logs", { options: { certificate_transparency_logging_preference: "DISABLED" } }),
  changed("replace it after it is gone", { lifecycle: {} }),
];
