import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const bucket = { aws_s3_bucket: { dumps: { bucket: "dumps" } } };
const versioning = (status: string) => ({
  aws_s3_bucket_versioning: {
    dumps: { bucket: "${aws_s3_bucket.dumps.id}", versioning_configuration: { status } },
  },
});

export const examples: Examples = {
  good: [{ title: "versions are kept", resources: { ...bucket, ...versioning("Enabled") } }],
  bad: [
    {
      title: "nothing is said of versions",
      resources: bucket,
      finds: ["aws_s3_bucket.dumps versioning_configuration.status"],
    },
    {
      title: "versions are no longer kept",
      resources: { ...bucket, ...versioning("Suspended") },
      finds: ["aws_s3_bucket.dumps versioning_configuration.status"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { ...bucket, ...versioning("${var.versioning}") },
      finds: ["aws_s3_bucket.dumps versioning_configuration.status"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_s3_bucket_versioning", "drop the setting", () => undefined),
  onResource("aws_s3_bucket_versioning", "suspend versions", (setting) => ({
    ...setting,
    versioning_configuration: { status: "Suspended" },
  })),
];
