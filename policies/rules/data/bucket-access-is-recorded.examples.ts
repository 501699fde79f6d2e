import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const buckets = { aws_s3_bucket: { data: { bucket: "data" }, logs: { bucket: "logs" } } };
const logging = { aws_s3_bucket_logging: { data: { bucket: "data", target_bucket: "${aws_s3_bucket.logs.id}" } } };
const selector = (...more: readonly JsonObject[]) => ({
  aws_s3_bucket: { data: { bucket: "data" } },
  aws_cloudtrail: {
    all: {
      advanced_event_selector: [
        {
          field_selector: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
            { field: "resources.ARN", starts_with: ["arn:aws:s3:::data/"] },
            ...more,
          ],
        },
      ],
    },
  },
});

export const examples: Examples = {
  good: [
    { title: "access logs, and the bucket that they go to", resources: { ...buckets, ...logging } },
    {
      title: "the older spelling, in the bucket itself",
      resources: { aws_s3_bucket: { data: { bucket: "data", logging: [{ target_bucket: "logs" }] } } },
    },
    { title: "a trail that records what is done with objects", resources: selector() },
    {
      title: "the same in a trail's older spelling",
      resources: {
        aws_s3_bucket: { data: { bucket: "data" } },
        aws_cloudtrail: {
          all: { event_selector: { data_resource: { type: "AWS::S3::Object", values: ["arn:aws:s3:::data/"] } } },
        },
      },
    },
  ],
  bad: [
    {
      title: "nothing",
      resources: { aws_s3_bucket: { data: { bucket: "data" } } },
      finds: ["aws_s3_bucket.data logging"],
    },
    {
      title: "a trail that records only some of it",
      resources: selector({ field: "eventName", not_equals: ["GetObject"] }),
      finds: ["aws_s3_bucket.data logging"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onResource(
    "aws_s3_bucket_logging",
    "stop the access logs of a bucket",
    () => undefined,
    ({ name }) => name.startsWith("packages"),
  ),
  onResource("aws_cloudtrail", "stop the trail", (trail) => ({ ...trail, enable_logging: false })),
  onResource("aws_cloudtrail", "record no data", ({ advanced_event_selector: _, ...trail }) => trail),
];
