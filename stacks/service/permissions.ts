import { bucketArn } from "../../constructs/data/private-bucket.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { keysIn, through } from "../../constructs/keys/key-use.ts";
import { parameterArn } from "../../constructs/secrets/parameter.ts";
import { laterSecretArn } from "../../constructs/secrets/secret.ts";
import { backupPlace, parameterName } from "../../services/names.ts";
import { cluster, clusterFacts } from "../../services/platform.ts";
import {
  clusterFlows,
  layoutOf,
  type ResolvedBackup,
  type VaultLayout,
  verifiersOf,
  watchedBy,
} from "../../services/resolve.ts";
import { installable } from "../packages.ts";
import { certificateStatements } from "./certificates.ts";
import { type ServiceContext, secretsKeyAlias } from "./context.ts";
import { filesStatements } from "./files.ts";
import { sidOf } from "./sid.ts";
import { storeStatements } from "./stores.ts";

/** What the hosts of a group may do: install packages and releases, ask for their certificates, and what is their party's own. */
export const hostStatements = (
  context: ServiceContext,
  secretArns: ReadonlyMap<string, string>,
  party: string,
): readonly Statement[] => [
  // The key of the bucket is among the rights of every host: the agent comes from there too.
  {
    sid: "InstallPackages",
    actions: ["s3:GetObject"],
    resources: installable(context.resolved.environment, context.resolved.service),
  },
  ...certificateStatements(context, party),
  ...clusterStatements(context, party),
  ...filesStatements(context, party),
  ...ownStatements(context, secretArns, party),
];

/** Whoever calls the API of the cluster learns its address and authority, which only apply knows. */
const clusterStatements = ({ resolved }: ServiceContext, party: string): readonly Statement[] =>
  clusterFlows.some(({ from, to }) => from === party && to === `platform/${cluster.name}`)
    ? [
        {
          sid: "FindTheCluster",
          actions: ["ssm:GetParameter", "ssm:GetParameters"],
          resources: clusterFacts.map((fact) =>
            parameterArn(resolved.environment, parameterName(resolved.environment, cluster, fact)),
          ),
        },
      ]
    : [];

/** What a party may do by itself, on hosts or as pods: read its own secrets, use its stores, write its own backups, verify what it must. */
export function ownStatements(
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
    ...laterStatements(context, party),
    ...ageStatements(
      resolved.secrets
        .filter(({ name }) => watchedBy(resolved.service, party).includes(name))
        .flatMap(({ name }) => secretArns.get(name) ?? []),
    ),
    ...storeStatements(context, party),
    ...resolved.backups.filter(({ runner }) => runner === party).flatMap((backup) => backupStatements(context, backup)),
    ...resolved.backups
      .filter((backup) => verifiersOf(resolved.service, backup).includes(party))
      .flatMap((backup) => verifyStatements(context, backup)),
  ];
}

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
          conditions: through([context.resolved.environment.region], "secretsmanager"),
        },
      ];

/** Secrets of services that are made after this one, by name: Prometheus shows each its token. */
function laterStatements(
  { resolved: { environment }, later = [] }: ServiceContext,
  party: string,
): readonly Statement[] {
  const read = later.flatMap(({ service, secrets }) =>
    secrets.filter(({ consumers }) => consumers.includes(party)).map(({ fullName }) => ({ service, fullName })),
  );
  if (read.length === 0) return [];
  return [
    {
      sid: "SecretsOfOthers",
      actions: ["secretsmanager:GetSecretValue"],
      resources: read.map(({ fullName }) => laterSecretArn(environment, fullName)),
    },
    {
      sid: "SecretsOfOthersKeys",
      actions: ["kms:Decrypt"],
      resources: [keysIn(environment.region, environment.account)],
      conditions: {
        "ForAnyValue:StringEquals": {
          "kms:ResourceAliases": read.map(({ service }) => `alias/${secretsKeyAlias(environment, service)}`),
        },
        ...through([environment.region], "secretsmanager"),
      },
    },
  ];
}

/** When a secret got its value, never the value itself. */
const ageStatements = (arns: readonly string[]): readonly Statement[] =>
  arns.length === 0 ? [] : [{ sid: "AgesOfSecrets", actions: ["secretsmanager:DescribeSecret"], resources: arns }];

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
function backupStatements(context: ServiceContext, backup: ResolvedBackup): readonly Statement[] {
  const layout = layoutOf(backup.by);
  if (layout === undefined) return [];
  const { bucket, prefix, keyArn } = placeOf(context, backup);
  const sid = sidOf(backup.name);
  return [
    { sid: `Backup${sid}`, actions: objectActions[layout], resources: [`${bucket}/${prefix}*`] },
    {
      sid: `Backup${sid}Key`,
      // A multipart upload decrypts its own parts; what is stored stays closed to who may not get it.
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [keyArn],
      conditions: through([context.resolved.environment.region], "s3"),
    },
    ...(layout === "dumps" ? [] : [listing(`Backup${sid}List`, bucket, prefix)]),
  ];
}

/** What a party needs to read the copies of one backup back, and no other (NOD-3.8). */
function verifyStatements(context: ServiceContext, backup: ResolvedBackup): readonly Statement[] {
  const { bucket, prefix, keyArn } = placeOf(context, backup);
  const sid = sidOf(backup.name);
  return [
    { sid: `Verify${sid}`, actions: ["s3:GetObject"], resources: [`${bucket}/${prefix}*`] },
    {
      sid: `Verify${sid}Key`,
      actions: ["kms:Decrypt"],
      resources: [keyArn],
      conditions: through([context.resolved.environment.region], "s3"),
    },
    listing(`Verify${sid}List`, bucket, prefix),
  ];
}

const listing = (sid: string, bucket: string, prefix: string): Statement => ({
  sid,
  actions: ["s3:ListBucket"],
  resources: [bucket],
  conditions: { StringLike: { "s3:prefix": [`${prefix}*`] } },
});

/** Where the copies of one backup lie, and the key they are encrypted with. */
function placeOf({ resolved, audit, vault }: ServiceContext, backup: ResolvedBackup) {
  const { bucket, prefix } = backupPlace(resolved.environment, resolved.service, backup);
  const keyArns = { audit: audit.auditExportKeyArn, data: vault.dataKeyArn, keys: vault.keysKeyArn };
  return { bucket: bucketArn(bucket), prefix, keyArn: keyArns[backup.material] };
}
