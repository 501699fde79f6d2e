import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface CertificateProps {
  /** The one name on the certificate, lower case. */
  readonly domainName: string;
  /** Public hosted zone that holds the name: the proof of ownership is written there. */
  readonly zoneId: string;
  /** Provider of the region that uses it, us-east-1 for a CDN; default: the stack's first. */
  readonly provider?: TerraformProvider;
  /** Another certificate for the same name: ACM asks an account for one proof of a name, so its record proves both. */
  readonly provenBy?: Certificate;
}

/**
 * A public certificate for one name, validated by DNS, so that it renews itself.
 *
 * Refuses a name with upper case or a trailing dot, which ACM would change and plans would then fight over; the proof of
 * another name.
 * One name per certificate: a service's key then opens nothing else, and its one validation record can be read by
 * index while its content is still unknown at plan. EC P-256, logged in the public transparency logs.
 */
export class Certificate extends Construct {
  /** Known only once the certificate is issued, so that a listener never gets a pending one. */
  readonly arn: string;
  readonly domainName: string;
  private readonly proofFqdn: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    if (!/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/.test(props.domainName)) {
      throw new Error(`${this.node.path}: domainName must be a lower-case DNS name, got "${props.domainName}"`);
    }
    if (props.provenBy !== undefined && props.provenBy.domainName !== props.domainName) {
      throw new Error(
        `${this.node.path}: provenBy must be for ${props.domainName}, got "${props.provenBy.domainName}"`,
      );
    }
    const provider = props.provider === undefined ? {} : { provider: props.provider };
    const certificate = new AcmCertificate(this, "certificate", {
      ...provider,
      domainName: props.domainName,
      validationMethod: "DNS",
      keyAlgorithm: "EC_prime256v1",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      // A listener holds the old certificate until it points to the new one.
      lifecycle: { createBeforeDestroy: true },
      tags: { Name: props.domainName },
    });
    this.proofFqdn = props.provenBy?.proofFqdn ?? this.prove(certificate, props.zoneId);
    const validation = new AcmCertificateValidation(this, "issued", {
      ...provider,
      certificateArn: certificate.arn,
      validationRecordFqdns: [this.proofFqdn],
    });
    this.domainName = props.domainName;
    this.arn = validation.certificateArn;
  }
  private prove(certificate: AcmCertificate, zoneId: string): string {
    const proof = certificate.domainValidationOptions.get(0);
    return new Route53Record(this, "proof", {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
    }).fqdn;
  }
}
