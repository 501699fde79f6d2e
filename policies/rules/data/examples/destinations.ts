import type { JsonObject } from "../../../model/json.ts";

const change = (type: string, after: JsonObject, unknown: JsonObject): JsonObject => ({
  ...{ address: `${type}.a`, mode: "managed", type, name: "a", provider_name: "registry.terraform.io/hashicorp/aws" },
  change: { actions: ["create"], before: null, after, after_unknown: unknown },
});

const configured = (type: string, expressions: JsonObject): JsonObject => ({
  ...{ address: `${type}.a`, mode: "managed", type, name: "a", provider_config_key: "aws", schema_version: 0 },
  expressions,
});

/** A plan of a bucket and a balancer whose names are known only after apply, and of what goes there. */
export const planOfDestinations: JsonObject = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  resource_changes: [
    change("aws_s3_bucket", {}, { arn: true, bucket: true, id: true }),
    change("aws_lb", {}, { dns_name: true }),
    change("aws_flow_log", { log_destination_type: "s3" }, { log_destination: true }),
    change("aws_cloudwatch_event_api_destination", {}, { invocation_endpoint: true }),
  ],
  configuration: {
    root_module: {
      resources: [
        configured("aws_s3_bucket", {}),
        configured("aws_lb", {}),
        configured("aws_flow_log", {
          log_destination: { references: ["aws_s3_bucket.a.arn", "aws_s3_bucket.a", "var.prefix"] },
        }),
        configured("aws_cloudwatch_event_api_destination", {
          invocation_endpoint: { references: ["aws_lb.a.dns_name", "aws_lb.a", "var.port"] },
        }),
      ],
    },
  },
};
