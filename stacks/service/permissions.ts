import type { Statement } from "../../constructs/identity/policy-document.ts";
import { bucketName } from "../../services/names.ts";
import type { ResolvedBackup } from "../../services/resolve.ts";
import type { ServiceContext } from "./context.ts";

/** What the hosts of a party may do: read its own secrets, ask for its certificate, write its own backups. */
export function permissionsOf(
  context: ServiceContext,
  secretArns: ReadonlyMap<string, string>,
  party: string,
): readonly Statement[] {
  const { resolved } = context;
  const readable = resolved.secrets
    .filter(({ consumers }) => consumers.includes(party))
    .flatMap(({ name }) => secretArns.get(name) ?? []);
  return [
    ...secretStatements(context, readable),
    ...certificateStatements(context.pki.internalAuthorityArn),
    ...resolved.backups
      .filter(({ runner, by }) => runner === party && by !== "snapshot")
      .flatMap((backup) => backupStatements(context, backup)),
  ];
}

const through = (context: ServiceContext, service: string) => ({
  StringEquals: { "kms:ViaService": [`${service}.${context.resolved.environment.region}.amazonaws.com`] },
});

const secretStatements = (context: ServiceContext, arns: readonly string[]): readonly Statement[] =>
  arns.length === 0
    ? []
    : [
        {
          sid: "OwnSecrets",
          actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
          resources: arns,
        },
        {
          sid: "OwnSecretsKey",
          actions: ["kms:Decrypt"],
          resources: [context.secretsKeyArn],
          conditions: through(context, "secretsmanager"),
        },
      ];

/** Certificates for servers and clients only: no template here makes another authority. */
const certificateStatements = (authorityArn: string): readonly Statement[] => [
  {
    sid: "IssueOwnCertificate",
    actions: ["acm-pca:IssueCertificate"],
    resources: [authorityArn],
    conditions: {
      StringEquals: { "acm-pca:TemplateArn": ["arn:aws:acm-pca:::template/EndEntityCertificate/V1"] },
    },
  },
  {
    sid: "ReadCertificates",
    actions: ["acm-pca:GetCertificate", "acm-pca:GetCertificateAuthorityCertificate"],
    resources: [authorityArn],
  },
];

/** A dump is written and never read back; pgBackRest reads its repository and marks what its retention ends. */
function backupStatements(context: ServiceContext, { name, by, material }: ResolvedBackup): readonly Statement[] {
  const { service, environment } = context.resolved;
  const bucket = `arn:aws:s3:::${bucketName(environment, service.code, `vault-${material}`)}`;
  const repository = by === "pgbackrest";
  const sid = name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return [
    {
      sid: `Backup${sid}`,
      actions: repository ? ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"] : ["s3:PutObject"],
      resources: [`${bucket}/${name}/*`],
    },
    {
      sid: `Backup${sid}Key`,
      actions: repository ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:GenerateDataKey"],
      resources: [material === "keys" ? context.vault.keysKeyArn : context.vault.dataKeyArn],
      conditions: through(context, "s3"),
    },
    ...(repository
      ? [
          {
            sid: `Backup${sid}List`,
            actions: ["s3:ListBucket"],
            resources: [bucket],
            conditions: { StringLike: { "s3:prefix": [`${name}/*`] } },
          },
        ]
      : []),
  ];
}
