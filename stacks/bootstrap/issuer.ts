import type { Statement } from "../../constructs/identity/policy-document.ts";
import { certificateProfileName, roleArn } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";

/**
 * Certificates of the message broker: given by its procedures alone, each of which holds one purpose and one lifetime,
 * since IAM could hold a caller to a template and not to a lifetime; revoked directly. The internal authority's
 * certificates live for days and are nobody's to give: no procedure asks it, and revoking there is refused by AWS.
 */
export function issuerStatements(environment: Environment): readonly Statement[] {
  const { region, account } = environment;
  const profile = certificateProfileName(environment, "broker-*");
  const authorities = [`arn:aws:acm-pca:${region}:${account}:certificate-authority/*`];
  return [
    {
      sid: "StartIssuing",
      actions: ["ssm:StartAutomationExecution"],
      // AWS's pages name the procedure by either of the first two; the last is the run itself.
      resources: [
        `arn:aws:ssm:${region}:${account}:document/${profile}`,
        `arn:aws:ssm:${region}:${account}:automation-definition/${profile}:*`,
        `arn:aws:ssm:${region}:${account}:automation-execution/*`,
      ],
    },
    {
      // Systems Manager takes the procedure's role only for whoever may hand it over.
      sid: "HandOverTheProceduresRole",
      actions: ["iam:PassRole"],
      resources: [roleArn(environment, profile)],
      conditions: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
    },
    {
      sid: "SeeTheResult",
      actions: ["ssm:GetAutomationExecution", "ssm:StopAutomationExecution"],
      resources: [`arn:aws:ssm:${region}:${account}:automation-execution/*`],
    },
    {
      sid: "FindWhatWasIssued",
      actions: ["acm-pca:ListCertificateAuthorities", "ssm:DescribeAutomationExecutions"],
      resources: ["*"],
    },
    {
      sid: "RevokeAndReport",
      actions: [
        "acm-pca:DescribeCertificateAuthority",
        "acm-pca:GetCertificate",
        "acm-pca:GetCertificateAuthorityCertificate",
        "acm-pca:RevokeCertificate",
      ],
      resources: authorities,
    },
  ];
}
