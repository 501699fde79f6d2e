import type { ResourceStatement } from "../identity/resource-policy.ts";
import { type BackupPrefix, endedByWriter } from "./backup-prefix.ts";

export interface VaultStatementsProps {
  readonly bucketArn: string;
  readonly prefixes: readonly BackupPrefix[];
  /** ARN patterns of the only roles in which S3 replicates into the bucket; none for a source. */
  readonly replicatorArns: readonly string[];
  readonly breakGlassArns: readonly string[];
}

// Each could shorten the lock, remove what enforces it, or lead the data elsewhere.
const configurationActions = [
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketLogging",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:PutReplicationConfiguration",
];

// Longer locks too: a writer who locks for a century forces the owner to pay for and to keep personal data (MUN-SEC.2).
const lockActions = [
  "s3:BypassGovernanceRetention",
  "s3:DeleteObjectVersion",
  "s3:PutObjectLegalHold",
  "s3:PutObjectRetention",
];

/**
 * Denials that guard a locked backup bucket, from administrators too; only break-glass roles are spared.
 *
 * Lifecycle rules go on all the same: S3 asks nobody for them. Replication into the bucket is a request of its role.
 */
export function vaultStatements(props: VaultStatementsProps): readonly ResourceStatement[] {
  const { bucketArn, breakGlassArns } = props;
  const denyBut = (spared: readonly string[]) =>
    ({
      effect: "Deny",
      principals: "*",
      conditions: { ArnNotLike: { "aws:PrincipalArn": spared } },
    }) as const;
  const objects = (backup: BackupPrefix) => [`${bucketArn}/${backup.prefix}*`];
  return [
    {
      sid: "OnlyBreakGlassConfigures",
      ...denyBut(breakGlassArns),
      actions: configurationActions,
      resources: [bucketArn],
    },
    {
      sid: "OnlyBreakGlassTouchesLocks",
      ...denyBut(breakGlassArns),
      actions: lockActions,
      resources: [`${bucketArn}/*`],
    },
    {
      // By its own actions replication writes past what follows, from any bucket whose owner configures it so.
      sid: "OnlyReplicatorsReplicate",
      ...denyBut([...props.replicatorArns, ...breakGlassArns]),
      actions: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      resources: [`${bucketArn}/*`],
    },
    {
      sid: "NothingOutsideThePrefixes",
      ...denyBut(breakGlassArns),
      actions: ["s3:DeleteObject", "s3:PutObject"],
      notResources: [bucketArn, ...props.prefixes.flatMap(objects)],
    },
    ...props.prefixes.flatMap((backup, index): ResourceStatement[] => {
      const writers = [...backup.writerArns, ...breakGlassArns];
      return [
        {
          sid: `Prefix${index}Write`,
          ...denyBut(writers),
          actions: ["s3:PutObject"],
          resources: objects(backup),
        },
        {
          sid: `Prefix${index}Delete`,
          // Dumps end by lifecycle alone; pgBackRest's own `expire` and a mirror's upload place markers.
          ...denyBut(endedByWriter(backup) ? writers : breakGlassArns),
          actions: ["s3:DeleteObject"],
          resources: objects(backup),
        },
        {
          sid: `Prefix${index}Read`,
          ...denyBut([...backup.readerArns, ...breakGlassArns]),
          actions: ["s3:GetObject", "s3:GetObjectVersion"],
          resources: objects(backup),
        },
      ];
    }),
  ];
}
