import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { expect, it } from "vitest";
import { DistributionLog } from "../../../constructs/edge/distribution-log.ts";
import { synth } from "../../support/synth.ts";

it("A distribution's log goes from us-east-1 to the bucket, without cookies, queries and referrers", () => {
  const stack = synth((scope) => {
    const provider = new AwsProvider(scope, "aws-global", { region: "us-east-1", alias: "global" });
    new DistributionLog(scope, "log", {
      name: "shop-web",
      distributionArn: "arn:distribution",
      bucketArn: "arn:bucket",
      provider,
    });
  });

  expect(stack.one("aws_cloudwatch_log_delivery_source").args).toEqual({
    provider: "aws.global",
    name: "shop-web",
    log_type: "ACCESS_LOGS",
    resource_arn: "arn:distribution",
  });
  expect(stack.one("aws_cloudwatch_log_delivery_destination").args).toEqual({
    provider: "aws.global",
    name: "shop-web",
    output_format: "json",
    delivery_destination_configuration: [{ destination_resource_arn: "arn:bucket" }],
  });
  const { record_fields, ...delivery } = stack.one("aws_cloudwatch_log_delivery").args;
  expect(delivery).toEqual({
    provider: "aws.global",
    delivery_source_name: "${aws_cloudwatch_log_delivery_source.log_source.name}",
    delivery_destination_arn: "${aws_cloudwatch_log_delivery_destination.log_destination.arn}",
  });
  expect(record_fields).toEqual(expect.arrayContaining(["c-ip", "cs-uri-stem", "sc-status", "x-edge-request-id"]));
  for (const secret of ["cs(Cookie)", "cs-uri-query", "cs(Referer)"]) expect(record_fields).not.toContain(secret);
});
