import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const host = (metadata_options?: JsonObject): JsonObject => ({
  aws_instance: { host: { ami: "ami-1", ...(metadata_options === undefined ? {} : { metadata_options }) } },
});
const tokens = "aws_instance.host metadata_options.http_tokens";
const hops = "aws_instance.host metadata_options.http_put_response_hop_limit";

export const examples: Examples = {
  good: [
    { title: "a token, one hop", resources: host({ http_tokens: "required", http_put_response_hop_limit: 1 }) },
    { title: "no metadata at all", resources: host({ http_endpoint: "disabled" }) },
    {
      title: "a token by the account's default",
      resources: { ...host(), aws_ec2_instance_metadata_defaults: { a: { http_tokens: "required" } } },
    },
    {
      title: "a token by the template that it is made from",
      resources: {
        aws_launch_template: { hosts: { metadata_options: [{ http_tokens: "required" }] } },
        aws_instance: { host: { launch_template: [{ id: "${aws_launch_template.hosts.id}" }] } },
      },
    },
  ],
  bad: [
    { title: "nothing is said", resources: host(), finds: [tokens] },
    {
      title: "tokens are optional",
      resources: host({ http_tokens: "optional", http_put_response_hop_limit: 1 }),
      finds: [tokens],
    },
    {
      title: "containers reach it",
      resources: host({ http_tokens: "required", http_put_response_hop_limit: "2" }),
      finds: [hops],
    },
    {
      title: "templates of both kinds",
      resources: {
        aws_launch_template: { a: {} },
        aws_launch_configuration: { a: { metadata_options: { http_tokens: "optional" } } },
      },
      finds: [
        "aws_launch_template.a metadata_options.http_tokens",
        "aws_launch_configuration.a metadata_options.http_tokens",
      ],
    },
  ],
  unknown: [
    {
      title: "variables decide",
      resources: host({ http_tokens: "${var.tokens}", http_put_response_hop_limit: "${var.hops}" }),
      finds: [tokens, hops],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_instance", "make tokens optional", (each) => ({
    ...each,
    metadata_options: { ...each.metadata_options, http_tokens: "optional" },
  })),
  onResource("aws_instance", "allow two hops", (each) => ({
    ...each,
    metadata_options: { ...each.metadata_options, http_put_response_hop_limit: 2 },
  })),
  onResource("aws_instance", "allow many hops, in a list of one block", (each) => ({
    ...each,
    metadata_options: [{ ...each.metadata_options, http_put_response_hop_limit: "64" }],
  })),
];
