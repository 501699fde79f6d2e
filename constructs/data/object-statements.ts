import type { ResourceStatement } from "../identity/resource-policy.ts";

/** One part of a bucket, and who does what with the objects below it. */
export interface ObjectPrefix {
  /** Without the slash that follows it. */
  readonly name: string;
  /** Days after which an object ends; default: never by itself. */
  readonly expireAfterDays?: number;
  /** ARN patterns of the only roles that may read, write or delete here; none: nobody does. */
  readonly readerArns: readonly string[];
  readonly writerArns: readonly string[];
  readonly deleterArns: readonly string[];
  /** Whether a distribution of the account reads here. */
  readonly served: boolean;
}

export interface ObjectStatementsProps {
  readonly bucketArn: string;
  readonly accountId: string;
  readonly prefixes: readonly ObjectPrefix[];
  readonly signedForSeconds?: number;
  readonly backup?: { readonly copyArn: string; readonly restoreArn: string };
  readonly breakGlassArns: readonly string[];
}

/** Deletion of a version is part of deletion: a purge must leave nothing behind (MUN-2.10). */
const actionsOf = {
  Read: ["s3:GetObject", "s3:GetObjectVersion"],
  Write: ["s3:PutObject"],
  Delete: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
} as const;

/**
 * Statements of an application's bucket. All but one are denials: whom they spare still needs the permission in his own
 * IAM policy. They spare services of AWS too, which no other statement allows in but the one for the CDN.
 */
export function objectStatements(props: ObjectStatementsProps): readonly ResourceStatement[] {
  const { bucketArn, prefixes, backup, breakGlassArns } = props;
  const rolesBut = (spared: readonly string[]) => ({
    effect: "Deny" as const,
    principals: "*" as const,
    conditions: {
      ArnNotLike: { "aws:PrincipalArn": [...new Set([...spared, ...breakGlassArns])] },
      // A service has no role to compare.
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  });
  const copiers = backup === undefined ? [] : [backup.copyArn];
  const restorers = backup === undefined ? [] : [backup.restoreArn];
  const below = (names: readonly string[]) => names.map((name) => `${bucketArn}/${name}/*`);
  const served = prefixes.filter(({ served: isServed }) => isServed).map(({ name }) => name);
  return [
    {
      sid: "NeverLocked",
      effect: "Deny",
      principals: "*",
      actions: ["s3:PutBucketObjectLockConfiguration"],
      resources: [bucketArn],
    },
    signatureStatement(props),
    {
      sid: "NothingOutsideThePrefixes",
      ...rolesBut(restorers),
      actions: actionsOf.Write,
      notResources: [bucketArn, ...below(prefixes.map(({ name }) => name))],
    },
    ...prefixes.flatMap(({ name, readerArns, writerArns, deleterArns }, index): ResourceStatement[] => {
      const only = (what: keyof typeof actionsOf, spared: readonly string[]): ResourceStatement => ({
        sid: `Prefix${index}${what}`,
        ...rolesBut(spared),
        actions: actionsOf[what],
        resources: below([name]),
      });
      return [
        only("Read", [...readerArns, ...copiers, ...restorers]),
        only("Write", [...writerArns, ...restorers]),
        only("Delete", deleterArns),
      ];
    }),
    ...(served.length === 0
      ? []
      : [
          {
            sid: "DistributionsRead",
            effect: "Allow",
            principals: { services: ["cloudfront.amazonaws.com"] },
            actions: ["s3:GetObject"],
            resources: below(served),
            // Any of the account: a distribution is made after what it reads from, and its id is not known before.
            conditions: { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${props.accountId}:distribution/*` } },
          } as const,
        ]),
  ];
}

/** An address signed for longer than it may be is refused once it is older; without a limit each of them is. */
const signatureStatement = ({ bucketArn, signedForSeconds }: ObjectStatementsProps): ResourceStatement => ({
  sid: signedForSeconds === undefined ? "NoSignedAddresses" : "NoOldSignatures",
  effect: "Deny",
  principals: "*",
  actions: ["s3:*"],
  resources: [bucketArn, `${bucketArn}/*`],
  conditions:
    signedForSeconds === undefined
      ? { StringEquals: { "s3:authType": "REST-QUERY-STRING" } }
      : { NumericGreaterThan: { "s3:signatureAge": String(signedForSeconds * 1000) } },
});
