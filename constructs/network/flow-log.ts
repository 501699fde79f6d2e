import { FlowLog as AwsFlowLog } from "@cdktf/provider-aws/lib/flow-log/index.js";
import { Construct } from "constructs";

/** Which VPC, and the bucket its records go to. */
export interface FlowLogProps {
  readonly vpcId: string;
  /** Name in AWS. */
  readonly name: string;
  /** ARN of the log bucket, with a prefix or without. */
  readonly bucketArn: string;
}

/**
 * Beyond the default fields: who really talked (`pkt-*`, behind NAT and firewall the interface's address says nothing),
 * which way, through what, and whether a rule or the ACL refused it.
 */
const fields = [
  ..."version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action".split(
    " ",
  ),
  ..."log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr az-id".split(" "),
  ..."pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path reject-reason".split(" "),
];

/**
 * The flow log of a VPC: all traffic, per minute, to an S3 bucket as Parquet.
 *
 * S3 and not CloudWatch Logs: records are kept long and read seldom, in aggregate; there they cost a tenth, the bucket
 * holds its own key and lock, and Parquet in hourly partitions is what Athena reads. The bucket's policy lets
 * `delivery.logs.amazonaws.com` write.
 */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogProps) {
    super(scope, id);
    new AwsFlowLog(this, "log", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      maxAggregationInterval: 60,
      logDestinationType: "s3",
      logDestination: props.bucketArn,
      // $${...} is Terraform's escape: the braces belong to the log format.
      logFormat: fields.map((field) => `$\${${field}}`).join(" "),
      destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: true },
      tags: { Name: props.name },
    });
  }
}
