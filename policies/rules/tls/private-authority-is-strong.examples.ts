import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const strong = { key_algorithm: "EC_prime256v1", signing_algorithm: "SHA256WITHECDSA" };
const authority = (more: object, configuration: object = strong): Loose => ({
  aws_acmpca_certificate_authority: { own: { certificate_authority_configuration: configuration, ...more } },
});
const certificate = (more: object): Loose => ({
  aws_acmpca_certificate: {
    own: {
      signing_algorithm: "SHA256WITHRSA",
      template_arn: "arn:aws:acm-pca:::template/RootCACertificate/V1",
      validity: { type: "YEARS", value: 10 },
      ...more,
    },
  },
});

export const examples: Examples = {
  good: [
    {
      title: "an authority of certificates of days",
      resources: { ...authority({ usage_mode: "SHORT_LIVED_CERTIFICATE" }), ...certificate({}) },
    },
    {
      title: "an authority that publishes what it revokes",
      resources: authority({ revocation_configuration: [{ crl_configuration: [{ enabled: true }] }] }),
    },
  ],
  bad: [
    {
      title: "an authority that revokes nothing, with a weak signature",
      resources: authority({}, { key_algorithm: "RSA_1024", signing_algorithm: "SHA1WITHRSA" }),
      finds: [
        "aws_acmpca_certificate_authority.own certificate_authority_configuration.key_algorithm",
        "aws_acmpca_certificate_authority.own signing_algorithm",
        "aws_acmpca_certificate_authority.own revocation_configuration",
      ],
    },
    {
      title: "an authority that is switched off",
      resources: authority({ usage_mode: "SHORT_LIVED_CERTIFICATE", enabled: false }),
      finds: ["aws_acmpca_certificate_authority.own enabled"],
    },
    {
      title: "a certificate of a server for thirty years that nobody renews",
      resources: certificate({ template_arn: null, validity: { type: "MONTHS", value: 360 } }),
      finds: ["aws_acmpca_certificate.own template_arn", "aws_acmpca_certificate.own validity"],
    },
  ],
  unknown: [
    {
      title: "an end that is a date",
      resources: certificate({ validity: { type: "END_DATE", value: "20301231235959" } }),
      finds: ["aws_acmpca_certificate.own validity"],
    },
    {
      title: "a list of revoked ones that a variable switches",
      resources: authority({ revocation_configuration: { crl_configuration: { enabled: "${var.crl}" } } }),
      finds: ["aws_acmpca_certificate_authority.own revocation_configuration"],
    },
  ],
};

const configured = (title: string, more: object): Mutation =>
  onResource("aws_acmpca_certificate_authority", title, (each) => ({
    ...each,
    certificate_authority_configuration: { ...each.certificate_authority_configuration, ...more },
  }));

export const mutations: readonly Mutation[] = [
  onResource("aws_acmpca_certificate_authority", "switch an authority off", (each) => ({ ...each, enabled: false })),
  onResource("aws_acmpca_certificate_authority", "publish nothing of what is revoked", (each) => ({
    ...each,
    revocation_configuration: null,
    usage_mode: "GENERAL_PURPOSE",
  })),
  onResource("aws_acmpca_certificate_authority", "switch the list off", (each) =>
    each.revocation_configuration === undefined
      ? each
      : { ...each, revocation_configuration: { crl_configuration: { enabled: false } } },
  ),
  configured("a weak key", { key_algorithm: "RSA_1024" }),
  configured("a weak signature", { signing_algorithm: "SHA1WITHRSA" }),
  onResource("aws_acmpca_certificate", "let it live for thirty years", (each) => ({
    ...each,
    validity: { type: "YEARS", value: "30" },
  })),
];
