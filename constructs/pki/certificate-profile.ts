import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document/index.js";
import { Construct } from "constructs";
import { ServiceRole } from "../identity/service-role.ts";
import { trustService } from "../identity/trust.ts";

/** Templates of AWS Private CA that make no authority and take no extension from the request. */
const templates = {
  client: "EndEntityClientAuthCertificate/V1",
  server: "EndEntityServerAuthCertificate/V1",
  both: "EndEntityCertificate/V1",
} as const;

export interface CertificateProfileProps {
  /** Of procedure, role and policy: `prd-plt-broker-client`; at most 64 characters. */
  readonly name: string;
  readonly description: string;
  readonly accountId: string;
  readonly authorityArn: string;
  /** What a certificate may be shown for. */
  readonly purpose: keyof typeof templates;
  /** Life of a certificate, 1 to 397 days. */
  readonly validityDays: number;
}

/**
 * One kind of certificate as a procedure: whoever may start it gets one certificate of this purpose and lifetime.
 *
 * IAM can hold a caller to a template and not to a lifetime: here both stand in the procedure, whose own role alone may
 * ask the authority. The caller brings a request made where the key lives (BRK-5.1); the subject is the request's, so
 * whoever starts the procedure vouches for it. Each start is in the trail with its caller. Refuses lifetimes over 397 days.
 */
export class CertificateProfile extends Construct {
  constructor(scope: Construct, id: string, props: CertificateProfileProps) {
    super(scope, id);
    const { name, authorityArn, purpose, validityDays } = props;
    if (!Number.isInteger(validityDays) || validityDays < 1 || validityDays > 397) {
      throw new Error(`${this.node.path}: validityDays must be 1 to 397, got ${validityDays}`);
    }
    const template = `arn:aws:acm-pca:::template/${templates[purpose]}`;
    const role = new ServiceRole(this, "issuer", {
      name,
      description: `Issues certificates: ${props.description}`,
      trust: trustService(props.accountId, "ssm.amazonaws.com"),
      statements: [
        {
          sid: "IssueThisKind",
          actions: ["acm-pca:IssueCertificate"],
          resources: [authorityArn],
          conditions: { StringEquals: { "acm-pca:TemplateArn": [template] } },
        },
        {
          sid: "HandOver",
          actions: ["acm-pca:GetCertificate"],
          resources: [authorityArn],
        },
      ],
    });
    new SsmDocument(this, "procedure", {
      name,
      documentType: "Automation",
      documentFormat: "JSON",
      content: JSON.stringify({
        schemaVersion: "0.3",
        description: props.description,
        assumeRole: role.arn,
        parameters: {
          Request: {
            type: "String",
            description: "Certificate signing request, PEM",
            allowedPattern:
              "^-----BEGIN CERTIFICATE REQUEST-----[A-Za-z0-9+/=\\s]{64,8192}-----END CERTIFICATE REQUEST-----\\s*$",
          },
        },
        mainSteps: [
          {
            name: "Issue",
            action: "aws:executeScript",
            timeoutSeconds: 120,
            isEnd: true,
            inputs: {
              Runtime: "python3.11",
              Handler: "issue",
              InputPayload: { request: "{{ Request }}", authority: authorityArn, template, days: validityDays },
              Script: script,
            },
            outputs: [
              { Name: "Certificate", Selector: "$.Payload.certificate", Type: "String" },
              { Name: "Chain", Selector: "$.Payload.chain", Type: "String" },
            ],
          },
        ],
        outputs: ["Issue.Certificate", "Issue.Chain"],
      }),
      tags: { Name: name },
    });
  }
}

/** Asks, waits until the authority has signed, and hands the certificate over. */
const script = `import boto3

def issue(event, context):
    authority = boto3.client("acm-pca")
    of = {"CertificateAuthorityArn": event["authority"]}
    arn = authority.issue_certificate(
        **of,
        Csr=event["request"].encode(),
        SigningAlgorithm="SHA256WITHECDSA",
        TemplateArn=event["template"],
        Validity={"Type": "DAYS", "Value": event["days"]},
    )["CertificateArn"]
    authority.get_waiter("certificate_issued").wait(**of, CertificateArn=arn)
    made = authority.get_certificate(**of, CertificateArn=arn)
    return {"certificate": made["Certificate"], "chain": made["CertificateChain"]}
`;
