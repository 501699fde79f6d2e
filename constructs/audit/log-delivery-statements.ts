import type { ResourceStatement } from "../identity/resource-policy.ts";

/** Objects that services write for one account, at the root or under a prefix of the log's own. */
function accountObjects(bucketArn: string, folder: string): readonly string[] {
  return [`${bucketArn}/AWSLogs/${folder}/*`, `${bucketArn}/*/AWSLogs/${folder}/*`];
}

/**
 * Admits the log delivery service: flow logs, firewall, DNS queries, web ACLs, network load balancers. The region
 * in the source is open, since logs of global services come from us-east-1; the account stands in both conditions.
 */
export function deliveryStatements(bucketArn: string, accountId: string): readonly ResourceStatement[] {
  const principals = { services: ["delivery.logs.amazonaws.com"] };
  const source = { "aws:SourceAccount": accountId };
  const arn = { ArnLike: { "aws:SourceArn": `arn:aws:logs:*:${accountId}:*` } };
  return [
    {
      // The sids of AWS's documentation: a caller who turns a log on has the service add what it does not find.
      sid: "AWSLogDeliveryWrite",
      effect: "Allow",
      principals,
      actions: ["s3:PutObject"],
      // Flow logs in Hive partitions spell the account's folder as a key and value.
      resources: [accountId, `aws-account-id=${accountId}`].flatMap((folder) => accountObjects(bucketArn, folder)),
      conditions: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" }, ...arn },
    },
    {
      sid: "AWSLogDeliveryAclCheck",
      effect: "Allow",
      principals,
      actions: ["s3:GetBucketAcl", "s3:ListBucket"],
      resources: [bucketArn],
      conditions: { StringEquals: source, ...arn },
    },
  ];
}

/** Admits the two services that write access logs: application load balancers and S3 itself. */
export function accessLogStatements(bucketArn: string, accountId: string): readonly ResourceStatement[] {
  return [
    {
      // One principal in every region. The service sends no source account: the path, which it builds from the load
      // balancer's own account and which no prefix can forge, holds other accounts off.
      sid: "LoadBalancersWrite",
      effect: "Allow",
      principals: { services: ["logdelivery.elasticloadbalancing.amazonaws.com"] },
      actions: ["s3:PutObject"],
      resources: accountObjects(bucketArn, accountId),
    },
    {
      sid: "S3Writes",
      effect: "Allow",
      principals: { services: ["logging.s3.amazonaws.com"] },
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/s3/*`],
      conditions: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
      },
    },
  ];
}
