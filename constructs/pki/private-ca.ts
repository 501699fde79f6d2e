import { AcmpcaCertificate } from "@cdktf/provider-aws/lib/acmpca-certificate/index.js";
import {
  AcmpcaCertificateAuthority,
  type AcmpcaCertificateAuthorityRevocationConfiguration,
} from "@cdktf/provider-aws/lib/acmpca-certificate-authority/index.js";
import { AcmpcaCertificateAuthorityCertificate } from "@cdktf/provider-aws/lib/acmpca-certificate-authority-certificate/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import type { CrlBucket } from "./crl-bucket.ts";

const signingAlgorithms = { EC_prime256v1: "SHA256WITHECDSA", EC_secp384r1: "SHA384WITHECDSA" } as const;

/**
 * How a certificate stops being trusted. `short-lived`: it ends within 7 days, so nothing needs revoking. `crl`: a
 * list, renewed at half its validity, names revoked ones.
 */
export type Revocation =
  | { readonly kind: "short-lived" }
  | {
      readonly kind: "crl";
      readonly bucket: CrlBucket;
      /** Validity of one list: how long a host may go on with the last one, 1 to 30 days. */
      readonly validityDays: number;
      /** Host name that stands in certificates as the list's address; default the bucket's own. */
      readonly host?: string;
    };

export interface PrivateCaProps {
  readonly commonName: string;
  readonly organization: string;
  readonly revocation: Revocation;
  /** Life of the CA's own certificate in years; default 10. */
  readonly validityYears?: number;
  /** Default `EC_prime256v1`. */
  readonly keyAlgorithm?: keyof typeof signingAlgorithms;
  /** Default: Terraform refuses to destroy the CA. */
  readonly deletionProtection?: OptOut;
}

/**
 * A private root CA whose key never leaves AWS, with its own certificate installed: it issues as soon as apply ends.
 *
 * Refuses: general-purpose certificates without a revocation list, destruction by Terraform; a CA deleted otherwise can
 * be brought back for 30 days. Who may issue, and by which template, is the issuing role's own policy.
 */
export class PrivateCa extends Construct {
  /** ARN of the CA once its certificate is installed, so that whoever issues waits for an active CA. */
  readonly arn: string;
  /** PEM text of the root certificate, which clients trust. */
  readonly certificate: string;

  constructor(scope: Construct, id: string, props: PrivateCaProps) {
    super(scope, id);
    const keyAlgorithm = props.keyAlgorithm ?? "EC_prime256v1";
    const signingAlgorithm = signingAlgorithms[keyAlgorithm];
    const lifecycle = { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) };
    const authority = new AcmpcaCertificateAuthority(this, "authority", {
      type: "ROOT",
      usageMode: props.revocation.kind === "crl" ? "GENERAL_PURPOSE" : "SHORT_LIVED_CERTIFICATE",
      certificateAuthorityConfiguration: {
        keyAlgorithm,
        signingAlgorithm,
        subject: { commonName: props.commonName, organization: props.organization },
      },
      permanentDeletionTimeInDays: 30,
      ...(props.revocation.kind === "crl"
        ? {
            revocationConfiguration: revocationConfiguration(props.revocation),
            dependsOn: [props.revocation.bucket.ready],
          }
        : {}),
      lifecycle,
    });
    const certificate = new AcmpcaCertificate(this, "certificate", {
      certificateAuthorityArn: authority.arn,
      certificateSigningRequest: authority.certificateSigningRequest,
      signingAlgorithm,
      templateArn: "arn:aws:acm-pca:::template/RootCACertificate/V1",
      validity: { type: "YEARS", value: String(props.validityYears ?? 10) },
      lifecycle,
    });
    const installed = new AcmpcaCertificateAuthorityCertificate(this, "installed", {
      certificateAuthorityArn: authority.arn,
      certificate: certificate.certificate,
      lifecycle,
    });
    this.arn = installed.certificateAuthorityArn;
    this.certificate = certificate.certificate;
  }
}

/** The list's settings; objects belong to the bucket's owner, since the bucket refuses public ones. */
function revocationConfiguration(
  crl: Extract<Revocation, { kind: "crl" }>,
): AcmpcaCertificateAuthorityRevocationConfiguration {
  if (!Number.isInteger(crl.validityDays) || crl.validityDays < 1 || crl.validityDays > 30) {
    throw new Error(`revocation.validityDays must be 1 to 30, got ${crl.validityDays}`);
  }
  return {
    crlConfiguration: {
      enabled: true,
      expirationInDays: crl.validityDays,
      s3BucketName: crl.bucket.bucketName,
      s3ObjectAcl: "BUCKET_OWNER_FULL_CONTROL",
      ...(crl.host === undefined ? {} : { customCname: crl.host }),
    },
  };
}
