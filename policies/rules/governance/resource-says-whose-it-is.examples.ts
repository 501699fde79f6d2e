import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const tags = { owner: "education", service: "example", environment: "example", "data-classification": "personal" };
const given = (all: JsonObject | string) => ({
  provider: { aws: [{ region: "eu-central-1", default_tags: [{ tags: all }] }] },
});
const bucket = (own?: JsonObject | string): JsonObject => ({
  aws_s3_bucket: { a: { bucket: "a", ...(own === undefined ? {} : { tags: own }) } },
});
const at = "aws_s3_bucket.a tags";

export const examples: Examples = {
  good: [
    { title: "the provider tags all", resources: bucket(), configuration: given(tags), declaration: {} },
    { title: "the resource tags itself", resources: bucket(tags) },
    {
      title: "each a part",
      resources: bucket({ owner: "education" }),
      configuration: given({ ...tags, owner: "platform" }),
      declaration: {},
    },
    { title: "another team's names", resources: bucket({ CostCentre: "4711", "data-classification": "c3" }) },
    { title: "another team's names, of its provider", resources: bucket(), configuration: given({ Team: "payments" }) },
    {
      title: "another team's group of machines",
      resources: { aws_autoscaling_group: { a: { tag: [{ key: "Team", value: "payments" }] } } },
    },
  ],
  bad: [
    { title: "no tags", resources: bucket(), finds: [at] },
    { title: "no tags where they are declared", resources: bucket(), declaration: {}, finds: [at] },
    { title: "one tag that says nothing", resources: bucket({ Team: "" }), finds: [at] },
    {
      title: "another team's names where four are declared",
      resources: bucket({ Team: "payments" }),
      declaration: {},
      finds: [at],
    },
    {
      title: "an empty owner",
      resources: bucket({ owner: "" }),
      configuration: given(tags),
      declaration: {},
      finds: [at],
    },
    {
      title: "the environment of another estate",
      resources: bucket({ environment: "production" }),
      configuration: given(tags),
      declaration: {},
      finds: [`${at}.environment`],
    },
    {
      title: "a class that there is not",
      resources: bucket(),
      configuration: given({ ...tags, "data-classification": "secretish" }),
      declaration: {},
      finds: [`${at}.data-classification`],
    },
    {
      title: "another owner and class than declared",
      resources: bucket(),
      configuration: given({ ...tags, "data-classification": "internal" }),
      declaration: {
        services: [
          {
            name: "example",
            owner: "support",
            data: "personal",
            components: [],
            stores: [],
            entrypoints: [],
            flows: [],
            egress: [],
            secrets: [],
            backups: [],
          },
        ],
      },
      finds: [`${at}.owner`, `${at}.data-classification`],
    },
    {
      title: "a group of machines, which takes no tags of its provider",
      resources: {
        aws_autoscaling_group: { a: { tag: [{ key: "owner", value: "education", propagate_at_launch: true }] } },
      },
      configuration: given(tags),
      declaration: {},
      finds: ["aws_autoscaling_group.a tags"],
    },
    {
      title: "a group of machines that keeps its tags to itself",
      resources: {
        aws_autoscaling_group: { a: { tag: [{ key: "Team", value: "payments", propagate_at_launch: false }] } },
      },
      finds: ["aws_autoscaling_group.a tags"],
    },
    {
      title: "a tag that another resource puts on it",
      resources: {
        ...bucket(tags),
        aws_vpc: { main: { tags } },
        aws_ec2_tag: { other: { resource_id: "${aws_vpc.main.id}", key: "environment", value: "production" } },
      },
      declaration: {},
      finds: ["aws_vpc.main tags.environment"],
    },
    {
      title: "a provider with an alias and without tags",
      resources: { aws_s3_bucket: { a: { bucket: "a", provider: "aws.copy" } } },
      configuration: { provider: { aws: [{ default_tags: { tags } }, { alias: "copy" }] } },
      finds: [at],
    },
  ],
  unknown: [
    { title: "a variable holds the tags", resources: bucket("${var.tags}"), finds: [at] },
    { title: "a variable holds the declared tags", resources: bucket("${var.tags}"), declaration: {}, finds: [at] },
    {
      title: "a variable holds the provider's tags",
      resources: bucket(),
      configuration: given("${var.tags}"),
      finds: [at],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onState("providers", "drop a provider's tags", (providers) => ({
    ...providers,
    aws: { ...providers.aws, default_tags: undefined },
  })),
  onState("providers", "name another environment", (providers) => {
    const { tags } = providers.aws.default_tags[0];
    tags.environment = tags.environment === "staging" ? "production" : "staging";
    return providers;
  }),
  onResource("aws_kms_key", "empty one tag", (each) => ({ ...each, tags: { ...each.tags, owner: "" } })),
  onResource("aws_rds_cluster", "call personal data public", (each) => ({
    ...each,
    tags: { ...each.tags, "data-classification": "public" },
  })),
];
