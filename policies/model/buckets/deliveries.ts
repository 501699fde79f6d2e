import type { Estate } from "../estate.ts";
import type { Resource } from "../terraform/resource.ts";
import { textsAt } from "../terraform/ways.ts";
import { isUnknown, type Value } from "../value.ts";

/** What is delivered into a bucket by AWS itself: some of it bounds how the bucket may be encrypted and locked. */
export type Delivery = "access logs" | "trail" | "configuration" | "revocations" | "other logs";

/** Where a type of resource names the bucket that it delivers into: ways into its blocks, their names joined by dots. */
const SENDERS: Readonly<Record<string, readonly (readonly [delivery: Delivery, way: string])[]>> = {
  aws_s3_bucket_logging: [["access logs", "target_bucket"]],
  aws_s3_bucket: [["access logs", "logging.target_bucket"]],
  aws_lb: [
    ["access logs", "access_logs.bucket"],
    ["access logs", "connection_logs.bucket"],
    ["access logs", "health_check_logs.bucket"],
  ],
  aws_alb: [["access logs", "access_logs.bucket"]],
  aws_elb: [["access logs", "access_logs.bucket"]],
  aws_cloudtrail: [["trail", "s3_bucket_name"]],
  aws_config_delivery_channel: [["configuration", "s3_bucket_name"]],
  aws_acmpca_certificate_authority: [["revocations", "revocation_configuration.crl_configuration.s3_bucket_name"]],
  aws_flow_log: [["other logs", "log_destination"]],
  aws_wafv2_web_acl_logging_configuration: [["other logs", "log_destination_configs"]],
  aws_route53_resolver_query_log_config: [["other logs", "destination_arn"]],
  aws_cloudwatch_log_delivery_destination: [
    ["other logs", "delivery_destination_configuration.destination_resource_arn"],
  ],
  aws_cloudfront_distribution: [["other logs", "logging_config.bucket"]],
  aws_networkfirewall_logging_configuration: [
    ["other logs", "logging_configuration.log_destination_config.log_destination.bucketName"],
  ],
};

/** What each bucket receives, by who sends it. */
export function deliveriesOf({ terraform }: Estate): ReadonlyMap<Resource, ReadonlySet<Delivery>> {
  const found = new Map<Resource, Set<Delivery>>();
  for (const sender of terraform.ofType(...Object.keys(SENDERS))) {
    for (const { delivery, to } of sentBy(sender)) {
      const bucket = terraform.find(bucketNamed(to), "aws_s3_bucket");
      if (bucket !== undefined) found.set(bucket, (found.get(bucket) ?? new Set<Delivery>()).add(delivery));
    }
  }
  return found;
}

function sentBy(sender: Resource): readonly { readonly delivery: Delivery; readonly to: Value<string> }[] {
  // Network load balancers write like other services; application load balancers and S3 itself bind the bucket.
  const free = sender.block.text("load_balancer_type") === "network";
  return (SENDERS[sender.type] ?? []).flatMap(([delivery, way]) =>
    textsAt(sender.block, way).map((to) => ({ delivery: free ? "other logs" : delivery, to })),
  );
}

/** The bucket in a destination: `arn:aws:s3:::logs/prefix/`, `logs.s3.amazonaws.com`. */
export function bucketNamed(destination: Value<string>): Value<string> {
  if (isUnknown(destination)) return destination;
  return destination
    .replace(/^arn:[\w-]+:s3:::/, "")
    .replace(/\.s3[\w.-]*\.amazonaws\.com$/, "")
    .replace(/\/.*$/, "");
}
