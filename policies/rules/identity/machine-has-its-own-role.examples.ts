import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf, forService } from "./examples/documents.ts";
import { TRUST, withStatement } from "./examples/mutations.ts";

const host = (trust: string): JsonObject => ({
  aws_instance: { host: { iam_instance_profile: "${aws_iam_instance_profile.host.name}" } },
  aws_iam_instance_profile: { host: { name: "host", role: "${aws_iam_role.host.name}" } },
  aws_iam_role: { host: { name: "host", assume_role_policy: trust } },
});
const found = ["aws_instance.host iam_instance_profile"];

const hostOf = (name: string, address: string): JsonObject => ({
  name,
  hosts: [{ name, address, zone: "", subnet: "", domain: "", machine: "" }],
});
const shop = {
  services: [{ name: "shop", components: [hostOf("api", "10.0.1.4"), hostOf("worker", "10.0.1.5")], stores: [] }],
} as unknown as Partial<Declaration>;
const own = host(documentOf(forService("ec2.amazonaws.com")));
const machine = (private_ip: string): JsonObject => ({
  private_ip,
  iam_instance_profile: "${aws_iam_instance_profile.host.name}",
});

export const examples: Examples = {
  good: [
    { title: "a host has a role of its own", resources: host(documentOf(forService("ec2.amazonaws.com"))) },
    {
      title: "two hosts of one component",
      resources: { ...own, aws_instance: { a: machine("10.0.1.4"), b: machine("10.0.1.4") } },
      declaration: shop,
    },
    { title: "a template leaves it to others", resources: { aws_launch_template: { hosts: {} } } },
    {
      title: "a profile of another state, by its name",
      resources: { aws_launch_configuration: { hosts: { iam_instance_profile: "hosts" } } },
    },
  ],
  bad: [
    { title: "a host has no role", resources: { aws_instance: { host: {} } }, finds: found },
    {
      title: "hosts of two components have one role",
      resources: { ...own, aws_instance: { api: machine("10.0.1.4"), worker: machine("10.0.1.5") } },
      declaration: shop,
      finds: ["aws_instance.api iam_instance_profile", "aws_instance.worker iam_instance_profile"],
    },
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
  onResource(
    "aws_instance",
    "take the role of another component's hosts",
    (each) => ({ ...each, iam_instance_profile: "${aws_iam_instance_profile.proxy-role_profile.name}" }),
    ({ address }) => address.includes("main-a"),
  ),
  withStatement(TRUST, "let functions take a host's role", forService("lambda.amazonaws.com"), ofHosts),
];
