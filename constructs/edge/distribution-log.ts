import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface DistributionLogProps {
  readonly name: string;
  readonly distributionArn: string;
  /** Bucket of any region that admits the log delivery service; objects lie below `AWSLogs/<account>/CloudFront/`. */
  readonly bucketArn: string;
  /** us-east-1: deliveries of a distribution exist only there. */
  readonly provider: TerraformProvider;
}

/** Neither cookies nor queries nor referrers: they carry sessions, signatures of addresses and words of people. */
const fields = [
  "date",
  "time",
  "x-edge-location",
  "x-edge-request-id",
  "c-ip",
  "cs-method",
  "x-host-header",
  "cs-uri-stem",
  "sc-status",
  "x-edge-result-type",
  "x-edge-response-result-type",
  "x-edge-detailed-result-type",
  "cs-bytes",
  "sc-bytes",
  "sc-content-type",
  "time-taken",
  "time-to-first-byte",
  "cs-protocol",
  "cs-protocol-version",
  "ssl-protocol",
  "ssl-cipher",
  "cs(User-Agent)",
];

/**
 * Access logs of a distribution to a bucket, as JSON, without what opens doors. By the delivery service: the older way
 * writes by access control lists, which buckets of this platform refuse.
 */
export class DistributionLog extends Construct {
  constructor(scope: Construct, id: string, { name, distributionArn, bucketArn, provider }: DistributionLogProps) {
    super(scope, id);
    const source = new CloudwatchLogDeliverySource(this, "source", {
      provider,
      name,
      logType: "ACCESS_LOGS",
      resourceArn: distributionArn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, "destination", {
      provider,
      name,
      outputFormat: "json",
      deliveryDestinationConfiguration: [{ destinationResourceArn: bucketArn }],
    });
    // No path of our own: AWS puts its default before one at creation only, so that plans would never agree with it.
    new CloudwatchLogDelivery(this, "delivery", {
      provider,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: fields,
    });
  }
}
