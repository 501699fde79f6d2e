import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const repository = (more: JsonObject = {}): JsonObject => ({
  aws_ecr_repository: {
    api: {
      name: "shop/api",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      ...more,
    },
  },
});
const scanning = (filter: string, frequency = "SCAN_ON_PUSH"): JsonObject => ({
  aws_ecr_registry_scanning_configuration: {
    all: {
      scan_type: "ENHANCED",
      rule: [{ scan_frequency: frequency, repository_filter: [{ filter, filter_type: "WILDCARD" }] }],
    },
  },
});
const tags = "aws_ecr_repository.api image_tag_mutability";
const scan = "aws_ecr_repository.api image_scanning_configuration.scan_on_push";

export const examples: Examples = {
  good: [
    { title: "tags stay, images are scanned", resources: repository() },
    {
      title: "the registry scans",
      resources: {
        ...repository({ image_scanning_configuration: [{ scan_on_push: false }] }),
        ...scanning("shop/*", "CONTINUOUS_SCAN"),
      },
    },
    {
      title: "a template for copies",
      resources: {
        aws_ecr_repository_creation_template: { quay: { prefix: "quay", image_tag_mutability: "IMMUTABLE" } },
        ...scanning("*"),
      },
    },
  ],
  bad: [
    { title: "nothing is said", resources: { aws_ecr_repository: { api: { name: "shop/api" } } }, finds: [tags, scan] },
    { title: "tags may be moved", resources: repository({ image_tag_mutability: "MUTABLE" }), finds: [tags] },
    {
      title: "one tag may be moved",
      resources: repository({
        image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
        image_tag_mutability_exclusion_filter: [{ filter: "latest", filter_type: "WILDCARD" }],
      }),
      finds: ["aws_ecr_repository.api image_tag_mutability_exclusion_filter"],
    },
    {
      title: "the registry scans others",
      resources: { ...repository({ image_scanning_configuration: { scan_on_push: false } }), ...scanning("base/*") },
      finds: [scan],
    },
    {
      title: "the registry scans by hand alone",
      resources: {
        ...repository({ image_scanning_configuration: { scan_on_push: false } }),
        ...scanning("*", "MANUAL"),
      },
      finds: [scan],
    },
  ],
  unknown: [
    { title: "a variable decides", resources: repository({ image_tag_mutability: "${var.tags}" }), finds: [tags] },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_ecr_repository", "let tags be moved", (each) => ({ ...each, image_tag_mutability: "MUTABLE" })),
  onResource(
    "aws_ecr_repository_creation_template",
    "let tags of copies be moved",
    ({ image_tag_mutability, ...rest }) => rest,
  ),
  onResource("aws_ecr_repository", "let one tag be moved", (each) => ({
    ...each,
    image_tag_mutability_exclusion_filter: [{ filter: "latest" }],
  })),
  onResource("aws_ecr_registry_scanning_configuration", "scan nothing of the registry", () => undefined),
];
