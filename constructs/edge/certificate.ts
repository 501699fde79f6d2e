import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";

export interface CertificateProps {
  /** The one name on the certificate, lower case. */
  readonly domainName: string;
  /** Public hosted zone that holds the name: the proof of ownership is written there. */
  readonly zoneId: string;
}

/**
 * A public certificate for one name, validated by DNS, so that it renews itself.
 *
 * Refuses a name with upper case or a trailing dot, which ACM would change and plans would then fight over.
 * One name per certificate: a service's key then opens nothing else, and its one validation record can be read by
 * index while its content is still unknown at plan. EC P-256, logged in the public transparency logs.
 */
export class Certificate extends Construct {
  /** Known only once the certificate is issued, so that a listener never gets a pending one. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    if (!/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/.test(props.domainName)) {
      throw new Error(`${this.node.path}: domainName must be a lower-case DNS name, got "${props.domainName}"`);
    }
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: props.domainName,
      validationMethod: "DNS",
      keyAlgorithm: "EC_prime256v1",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      // A listener holds the old certificate until it points to the new one.
      lifecycle: { createBeforeDestroy: true },
      tags: { Name: props.domainName },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "proof", {
      zoneId: props.zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
    });
    const validation = new AcmCertificateValidation(this, "issued", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
    this.arn = validation.certificateArn;
  }
}
