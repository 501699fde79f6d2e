import { describe, expect, test } from "vitest";
import { CrlBucket } from "../../../constructs/pki/crl-bucket.ts";
import { PrivateCa, type PrivateCaProps } from "../../../constructs/pki/private-ca.ts";
import { synth } from "../../support/synth.ts";
import { accountId, statementsOf } from "../keys/statements.ts";

const subject = { commonName: "Example CA", organization: "Example" };
const shortLived = (props: Partial<PrivateCaProps> = {}) =>
  synth((scope) => {
    new PrivateCa(scope, "internal", { ...subject, revocation: { kind: "short-lived" }, ...props });
  });
const withCrl = (validityDays = 7) =>
  synth((scope) => {
    const bucket = new CrlBucket(scope, "crl", {
      bucketName: "example-crl",
      accountId,
      accessLogBucketName: "example-logs",
    });
    const revocation = { kind: "crl", bucket, validityDays, host: "crl.example.org" } as const;
    new PrivateCa(scope, "clients", { ...subject, revocation, keyAlgorithm: "EC_secp384r1" });
  });

describe("a private CA for short-lived certificates", () => {
  test("is a root that issues nothing longer than 7 days, without a revocation list", () => {
    expect(shortLived().one("aws_acmpca_certificate_authority").args).toEqual({
      certificate_authority_configuration: {
        key_algorithm: "EC_prime256v1",
        signing_algorithm: "SHA256WITHECDSA",
        subject: { common_name: "Example CA", organization: "Example" },
      },
      lifecycle: { prevent_destroy: true },
      permanent_deletion_time_in_days: 30,
      type: "ROOT",
      usage_mode: "SHORT_LIVED_CERTIFICATE",
    });
  });

  test("is active after apply: its self-signed certificate is issued and installed", () => {
    const stack = shortLived();
    const arn = `\${aws_acmpca_certificate_authority.internal_authority.arn}`;
    expect(stack.one("aws_acmpca_certificate").args).toEqual({
      certificate_authority_arn: arn,
      certificate_signing_request: `\${aws_acmpca_certificate_authority.internal_authority.certificate_signing_request}`,
      lifecycle: { prevent_destroy: true },
      signing_algorithm: "SHA256WITHECDSA",
      template_arn: "arn:aws:acm-pca:::template/RootCACertificate/V1",
      validity: { type: "YEARS", value: "10" },
    });
    expect(stack.one("aws_acmpca_certificate_authority_certificate").args).toEqual({
      certificate: `\${aws_acmpca_certificate.internal_certificate.certificate}`,
      certificate_authority_arn: arn,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("can be destroyed only with a stated reason, and then all three parts can", () => {
    const deletionProtection = { enabled: false, reason: "Short-lived test account", until: "2027-03-31" } as const;
    expect(
      shortLived({ deletionProtection })
        .all()
        .map(({ args }) => args.lifecycle),
    ).toEqual([{ prevent_destroy: false }, { prevent_destroy: false }, { prevent_destroy: false }]);
  });
});

describe("a private CA with a revocation list", () => {
  test("publishes to a private bucket, made ready before the CA tries it", () => {
    const { args } = withCrl().one("aws_acmpca_certificate_authority");
    expect(args).toMatchObject({
      certificate_authority_configuration: {
        key_algorithm: "EC_secp384r1",
        signing_algorithm: "SHA384WITHECDSA",
      },
      depends_on: ["aws_s3_bucket_policy.crl_policy"],
      usage_mode: "GENERAL_PURPOSE",
    });
    expect(args.revocation_configuration).toEqual({
      crl_configuration: {
        custom_cname: "crl.example.org",
        enabled: true,
        expiration_in_days: 7,
        s3_bucket_name: "example-crl",
        s3_object_acl: "BUCKET_OWNER_FULL_CONTROL",
      },
    });
  });

  test("admits private CAs of this account to its bucket, and nobody else", () => {
    const policy = statementsOf(withCrl().one("aws_s3_bucket_policy").args.policy);
    const common = {
      Effect: "Allow",
      Principal: { Service: ["acm-pca.amazonaws.com"] },
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": "arn:aws:acm-pca:*:111111111111:certificate-authority/*" },
      },
    };
    const { PrivateCaPublishes, PrivateCaChecks, ...rest } = policy;
    expect(PrivateCaPublishes).toEqual({
      ...common,
      Action: ["s3:PutObject", "s3:PutObjectAcl"],
      Resource: ["arn:aws:s3:::example-crl/*"],
    });
    expect(PrivateCaChecks).toEqual({
      ...common,
      Action: ["s3:GetBucketAcl", "s3:GetBucketLocation"],
      Resource: ["arn:aws:s3:::example-crl"],
    });
    expect(Object.keys(rest)).toEqual(["DenyClearText", "DenyOldTls", "DenyCustomerProvidedKey"]);
  });

  test("fails when a host could go on with a list older than 30 days", () => {
    expect(() => withCrl(31)).toThrow("revocation.validityDays must be 1 to 30, got 31");
  });
});
