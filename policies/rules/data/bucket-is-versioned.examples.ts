import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource, onState } from "../../engine/mutation.ts";
import type { RawResource } from "../../model/terraform/document.ts";

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
      title: "the setting is written, and there is none of it",
      resources: {
        ...bucket,
        aws_s3_bucket_versioning: {
          dumps: { bucket: "dumps", count: 0, versioning_configuration: { status: "Enabled" } },
        },
      },
      finds: ["aws_s3_bucket.dumps versioning_configuration.status"],
    },
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
      title: "one setting keeps versions and another does not: whichever is applied last stays",
      resources: {
        ...bucket,
        aws_s3_bucket_versioning: {
          off: { bucket: "dumps", versioning_configuration: { status: "Suspended" } },
          on: { bucket: "dumps", versioning_configuration: { status: "Enabled" } },
        },
      },
      finds: ["aws_s3_bucket.dumps versioning_configuration.status"],
    },
    {
      title: "the bucket itself says another thing than its setting",
      resources: {
        aws_s3_bucket: { dumps: { bucket: "dumps", versioning: [{ enabled: false }] } },
        ...versioning("Enabled"),
      },
      finds: ["aws_s3_bucket.dumps versioning_configuration.status"],
    },
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
  onResource("aws_s3_bucket_versioning", "count none of it", (setting) => ({ ...setting, count: 0 })),
  onState(
    "say it a second time, otherwise",
    (state) => ({ ...state, resources: state.resources.flatMap(suspendedToo) }),
    (state) => state.resources.some(({ type }) => type === "aws_s3_bucket_versioning"),
  ),
];

/** A setting, and one that says the opposite, before it. */
const suspendedToo = (each: RawResource): readonly RawResource[] => {
  if (each.type !== "aws_s3_bucket_versioning") return [each];
  const attributes = { ...each.attributes, versioning_configuration: { status: "Suspended" } };
  return [{ ...each, address: `${each.address}_too`, attributes }, each];
};
