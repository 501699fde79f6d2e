import { bucketArn } from "../../constructs/data/private-bucket.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { parameterArn } from "../../constructs/secrets/parameter.ts";
import { crlBucketName, type PkiFact, pkiParameterName } from "../../services/names.ts";
import type { Certificate } from "../../services/schema/component.ts";
import type { ServiceContext } from "./context.ts";

type Authority = Certificate["authority"];

/**
 * What the hosts of a party may do at the private authorities.
 *
 * `internal`: ask for certificates by the one template that makes no authority and takes no extension from the request.
 * One certificate serves both ends, since members of etcd, Redis and Patroni show each other the same one. IAM knows
 * templates, not names: a host can ask for the name of another, which only an issuer that knows the caller, or an
 * authority for each service, would prevent. `broker`: trust it and fetch its revocation list; its certificates are
 * issued by people (`services/certificates.ts`), for a host that could ask would be any client it likes.
 */
export function certificateStatements(context: ServiceContext, party: string): readonly Statement[] {
  const { pki, resolved } = context;
  const { service, environment } = resolved;
  const component = service.components.find(({ name }) => `${service.name}/${name}` === party);
  const declared = component?.kind === "hosts" ? component.certificates.map(({ authority }) => authority) : [];
  // Every host shows one to whoever scrapes it.
  const authorities = new Set<Authority>(["internal", ...declared]);
  const broker = authorities.has("broker");
  const arns = [pki.internalAuthorityArn, ...(broker ? [pki.brokerAuthorityArn] : [])];
  const facts: readonly PkiFact[] = [
    "internal-authority",
    ...(broker ? (["broker-authority", "broker-crl"] as const) : []),
  ];
  return [
    {
      sid: "IssueOwnCertificate",
      actions: ["acm-pca:IssueCertificate"],
      resources: [pki.internalAuthorityArn],
      conditions: {
        StringEquals: { "acm-pca:TemplateArn": ["arn:aws:acm-pca:::template/EndEntityCertificate/V1"] },
      },
    },
    { sid: "ReadOwnCertificate", actions: ["acm-pca:GetCertificate"], resources: [pki.internalAuthorityArn] },
    { sid: "TrustAuthorities", actions: ["acm-pca:GetCertificateAuthorityCertificate"], resources: arns },
    {
      sid: "FindAuthorities",
      actions: ["ssm:GetParameter", "ssm:GetParameters"],
      resources: facts.map((fact) => parameterArn(environment, pkiParameterName(environment, fact))),
    },
    ...(broker
      ? [
          {
            sid: "FetchRevocationList",
            actions: ["s3:GetObject"],
            resources: [`${bucketArn(crlBucketName(environment))}/crl/*`],
          },
        ]
      : []),
  ];
}
