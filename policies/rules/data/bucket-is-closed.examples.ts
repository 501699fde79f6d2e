import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { refusals } from "../../model/buckets/buckets.ts";
import type { JsonObject } from "../../model/json.ts";

const bucket = { aws_s3_bucket: { data: { bucket: "data" } } };
const refusing = (more: JsonObject = {}) => ({
  aws_s3_bucket_public_access_block: {
    data: { bucket: "${aws_s3_bucket.data.id}", ...Object.fromEntries(refusals.map((name) => [name, true])), ...more },
  },
});
const owned = (object_ownership: string) => ({
  aws_s3_bucket_ownership_controls: { data: { bucket: "data", rule: { object_ownership } } },
});

export const examples: Examples = {
  good: [
    {
      title: "all four refusals, one owner, and an access point, which refuses by default",
      resources: {
        ...bucket,
        ...refusing(),
        ...owned("BucketOwnerEnforced"),
        aws_s3_access_point: { app: { bucket: "data" } },
        aws_s3control_multi_region_access_point: { all: { details: [{ name: "all", region: [{ bucket: "data" }] }] } },
      },
    },
  ],
  bad: [
    {
      title: "nothing is said",
      resources: bucket,
      finds: [...refusals, "rule.object_ownership"].map((name) => `aws_s3_bucket.data ${name}`),
    },
    {
      title: "one of four is off, and a list of everyone",
      resources: {
        ...bucket,
        ...refusing({ restrict_public_buckets: "false" }),
        ...owned("ObjectWriter"),
        aws_s3_bucket_acl: { data: { bucket: "data", acl: "public-read" } },
      },
      finds: ["restrict_public_buckets", "rule.object_ownership", "acl"].map((name) => `aws_s3_bucket.data ${name}`),
    },
    {
      title: "an access point that lets in policies for the public, and the older spelling of a list",
      resources: {
        aws_s3_bucket: { data: { bucket: "data", acl: "public-read-write" } },
        ...refusing(),
        ...owned("BucketOwnerEnforced"),
        aws_s3_access_point: {
          app: { bucket: "data", public_access_block_configuration: { block_public_policy: false } },
        },
      },
      finds: ["aws_s3_access_point.app block_public_policy", "aws_s3_bucket.data acl"],
    },
    {
      title: "an access point of many regions that lets in policies for the public",
      resources: {
        ...bucket,
        ...refusing(),
        ...owned("BucketOwnerEnforced"),
        aws_s3control_multi_region_access_point: {
          all: {
            details: {
              region: [{ bucket: "elsewhere" }, { bucket: "data" }],
              public_access_block: { block_public_policy: false },
            },
          },
        },
      },
      finds: ["aws_s3control_multi_region_access_point.all block_public_policy"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { ...bucket, ...refusing({ block_public_acls: "${var.closed}" }), ...owned("BucketOwnerEnforced") },
      finds: ["aws_s3_bucket.data block_public_acls"],
    },
  ],
};

const type = "aws_s3_bucket_public_access_block";

export const mutations: readonly Mutation[] = [
  onResource(type, "drop the refusals", () => undefined),
  ...refusals.map((name) => onResource(type, `turn ${name} off`, (setting) => ({ ...setting, [name]: false }))),
  onResource(type, "forget one", ({ ignore_public_acls: _, ...setting }) => setting),
  onResource("aws_s3_bucket_ownership_controls", "let writers own what they write", (setting) => ({
    ...setting,
    rule: { object_ownership: "ObjectWriter" },
  })),
  onResource("aws_s3_bucket", "open a bucket by its list", (bucket) => ({ ...bucket, acl: "public-read" })),
];
