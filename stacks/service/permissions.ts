import type { Statement } from "../../constructs/identity/policy-document.ts";
import { bucketName } from "../../services/names.ts";
import { layoutOf, type ResolvedBackup, type VaultLayout } from "../../services/resolve.ts";
import { installable } from "../packages.ts";
import type { ServiceContext } from "./context.ts";

/** What the hosts of a party may do: install packages and releases, read its own secrets, ask for its certificate, write its own backups. */
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
    // The key of the bucket is among the rights of every host: the agent comes from there too.
    {
      sid: "InstallPackages",
      actions: ["s3:GetObject"],
      resources: installable(resolved.environment, resolved.service),
    },
    ...secretStatements(context, readable),
    ...certificateStatements(context.pki.internalAuthorityArn),
    ...resolved.backups.filter(({ runner }) => runner === party).flatMap((backup) => backupStatements(context, backup)),
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

/**
 * Certificates for servers and clients only: no template here makes another authority or takes extensions from the
 * request. One certificate is both, since members of etcd, Redis and Patroni show each other the same one from either
 * end. IAM knows templates, not names: a host can ask for the name of another, which only an issuer that knows the
 * caller, or an authority for each service, would prevent.
 */
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

const write = ["s3:AbortMultipartUpload", "s3:PutObject"];
/**
 * What a writer does with its objects. A dump is written and never read back; pgBackRest reads its repository and marks
 * what its retention ends; a mirror's upload compares names and sizes alone, and marks what its source no longer has.
 */
const objectActions: Readonly<Record<VaultLayout, readonly string[]>> = {
  dumps: write,
  mirror: [...write, "s3:DeleteObject"],
  pgbackrest: [...write, "s3:DeleteObject", "s3:GetObject"],
};

/** What a party needs to write one backup to its prefix of the vault; nothing for a snapshot, which AWS makes. */
function backupStatements(context: ServiceContext, { name, by, material }: ResolvedBackup): readonly Statement[] {
  const layout = layoutOf(by);
  if (layout === undefined) return [];
  const { service, environment } = context.resolved;
  const bucket = `arn:aws:s3:::${bucketName(environment, service.code, `vault-${material}`)}`;
  const sid = name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return [
    { sid: `Backup${sid}`, actions: objectActions[layout], resources: [`${bucket}/${name}/*`] },
    {
      sid: `Backup${sid}Key`,
      // A multipart upload decrypts its own parts; what is stored stays closed to who may not get it.
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [material === "keys" ? context.vault.keysKeyArn : context.vault.dataKeyArn],
      conditions: through(context, "s3"),
    },
    ...(layout === "dumps"
      ? []
      : [
          {
            sid: `Backup${sid}List`,
            actions: ["s3:ListBucket"],
            resources: [bucket],
            conditions: { StringLike: { "s3:prefix": [`${name}/*`] } },
          },
        ]),
  ];
}
