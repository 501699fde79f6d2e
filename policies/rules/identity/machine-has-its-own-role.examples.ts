import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf, forService } from "./examples/documents.ts";
import { TRUST, withStatement } from "./examples/mutations.ts";

const host = (trust: string): JsonObject => ({
  aws_instance: { host: { iam_instance_profile: "${aws_iam_instance_profile.host.name}" } },
  aws_iam_instance_profile: { host: { name: "host", role: "${aws_iam_role.host.name}" } },
  aws_iam_role: { host: { name: "host", assume_role_policy: trust } },
});
const found = ["aws_instance.host iam_instance_profile"];

export const examples: Examples = {
  good: [
    { title: "a host has a role of its own", resources: host(documentOf(forService("ec2.amazonaws.com"))) },
    { title: "a template leaves it to others", resources: { aws_launch_template: { hosts: {} } } },
    {
      title: "a profile of another state, by its name",
      resources: { aws_launch_configuration: { hosts: { iam_instance_profile: "hosts" } } },
    },
  ],
  bad: [
    { title: "a host has no role", resources: { aws_instance: { host: {} } }, finds: found },
    {
      title: "functions take the role too",
      resources: host(documentOf(forService("ec2.amazonaws.com"), forService("lambda.amazonaws.com"))),
      finds: found,
    },
    {
      title: "people take the role too",
      resources: host(
        documentOf(forService("ec2.amazonaws.com"), {
          Effect: "Allow",
          Principal: { AWS: "111111111111" },
          Action: "sts:AssumeRole",
        }),
      ),
      finds: found,
    },
  ],
  unknown: [],
};

const ofHosts = (each: { readonly attributes: JsonObject }): boolean =>
  String(each.attributes["assume_role_policy"]).includes("ec2.amazonaws.com") &&
  !String(each.attributes["name"]).includes("nodes");

export const mutations: readonly Mutation[] = [
  onResource("aws_instance", "take a host's role away", ({ iam_instance_profile, ...rest }) => rest),
  withStatement(TRUST, "let functions take a host's role", forService("lambda.amazonaws.com"), ofHosts),
];
