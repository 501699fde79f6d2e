import type { ResourceStatement } from "../identity/resource-policy.ts";

const cloudtrail = "cloudtrail.amazonaws.com";
const config = "config.amazonaws.com";

/** Admits one trail, and nobody else. */
export function trailStatements(bucketArn: string, accountId: string, trailArn: string): readonly ResourceStatement[] {
  const source = { "aws:SourceArn": trailArn };
  return [
    {
      sid: "TrailLooks",
      effect: "Allow",
      principals: { services: [cloudtrail] },
      actions: ["s3:GetBucketAcl"],
      resources: [bucketArn],
      conditions: { StringEquals: source },
    },
    {
      sid: "TrailWrites",
      effect: "Allow",
      principals: { services: [cloudtrail] },
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${accountId}/*`],
      conditions: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    {
      sid: "OnlyTheTrailWrites",
      effect: "Deny",
      principals: "*",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/*`],
      conditions: { StringNotEquals: { "aws:PrincipalServiceName": cloudtrail } },
    },
  ];
}

/** Keeps lock, history and this policy as they are, from administrators too. */
export const lockedTrailStatements = (
  bucketArn: string,
  breakGlassArns: readonly string[],
): readonly ResourceStatement[] => [
  {
    sid: "OnlyBreakGlassConfigures",
    effect: "Deny",
    principals: "*",
    actions: [
      "s3:BypassGovernanceRetention",
      "s3:DeleteBucketPolicy",
      "s3:PutBucketObjectLockConfiguration",
      "s3:PutBucketPolicy",
      "s3:PutBucketVersioning",
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
      "s3:PutObjectLegalHold",
      "s3:PutObjectRetention",
    ],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { ArnNotLike: { "aws:PrincipalArn": breakGlassArns } },
  },
];

/** Admits AWS Config: with the role that AWS links to it, it comes by its own name and not in that role. */
export function configStatements(bucketArn: string, accountId: string): readonly ResourceStatement[] {
  const source = { "aws:SourceAccount": accountId };
  return [
    {
      sid: "ConfigLooks",
      effect: "Allow",
      principals: { services: [config] },
      actions: ["s3:GetBucketAcl", "s3:ListBucket"],
      resources: [bucketArn],
      conditions: { StringEquals: source },
    },
    {
      sid: "ConfigWrites",
      effect: "Allow",
      principals: { services: [config] },
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${accountId}/Config/*`],
      conditions: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}
