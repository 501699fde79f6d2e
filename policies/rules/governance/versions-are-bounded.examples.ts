import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import type { Json, JsonObject } from "../../model/json.ts";

const aws = { source: "hashicorp/aws", version: ">= 6.34.0, < 7.0.0" };
const state = (required_version?: string, required_providers: Json = { aws }): JsonObject => ({
  terraform: {
    backend: { s3: {} },
    required_providers,
    ...(required_version === undefined ? {} : { required_version }),
  },
});
const version = "terraform required_providers.aws.version";

export const examples: Examples = {
  good: [
    { title: "both are bounded", configuration: state(">= 1.11.0"), declaration: {} },
    {
      title: "bounded by a minor version",
      configuration: state("~> 1.12", { aws: { source: "registry.terraform.io/hashicorp/aws", version: "~> 6.34" } }),
    },
    {
      title: "other providers of HashiCorp, where nothing is declared",
      configuration: state("1.14.1", { aws, random: { source: "hashicorp/random", version: "3.7.2" } }),
    },
  ],
  bad: [
    { title: "any version of Terraform", configuration: state(), finds: ["terraform required_version"] },
    { title: "an old one too", configuration: state(">= 1.5, < 2.0"), finds: ["terraform required_version"] },
    {
      title: "a provider without an upper bound",
      configuration: state(">= 1.11", { aws: { ...aws, version: ">= 6.0" } }),
      finds: [version],
    },
    {
      title: "a provider without a lower bound, in the old spelling",
      configuration: state(">= 1.11", { aws: "< 7" }),
      finds: [version],
    },
    {
      title: "a provider of somebody else",
      configuration: state(">= 1.11", { aws, shell: { source: "scottwinkler/shell", version: "1.7.10" } }),
      finds: ["terraform required_providers.shell.source"],
    },
    { title: "no provider is named", configuration: state(">= 1.11", {}), finds: ["terraform required_providers"] },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onState("settings", "admit old versions", (settings) => ({ ...settings, required_version: ">= 1.0" })),
  onState("settings", "admit every version of the provider", (settings) => {
    settings.required_providers.aws.version = ">= 6.0";
    return settings;
  }),
  onState("settings", "add a provider", (settings) => {
    settings.required_providers.external = { source: "hashicorp/external", version: "2.3.5" };
    return settings;
  }),
];
