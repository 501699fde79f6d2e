import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";
import { addResource } from "./examples/additions.ts";

export const examples: Examples = {
  good: [
    { title: "a provider that takes a role", configuration: { provider: { aws: [{ region: "eu-central-1" }] } } },
    {
      title: "a key that is switched off",
      resources: { aws_iam_access_key: { old: { user: "a", status: "Inactive" } } },
    },
  ],
  bad: [
    {
      title: "an access key, a password and a key of SSH",
      resources: {
        aws_iam_access_key: { a: { user: "a" }, old: { user: "b", status: "Inactive" } },
        aws_iam_user_login_profile: { a: { user: "a" } },
        aws_iam_user_ssh_key: { a: { username: "a" } },
        aws_iam_service_specific_credential: { a: { user_name: "a" } },
      },
      finds: [
        "aws_iam_access_key.a user",
        "aws_iam_service_specific_credential.a user",
        "aws_iam_user_login_profile.a user",
        "aws_iam_user_ssh_key.a user",
      ],
    },
    {
      title: "a code by which machines of elsewhere take a role",
      resources: { aws_ssm_activation: { site: { iam_role: "site", registration_limit: 5 } } },
      finds: ["aws_ssm_activation.site iam_role"],
    },
    {
      title: "keys of SSH for machines, made and named",
      resources: {
        aws_key_pair: { ops: { key_name: "ops", public_key: "ssh-ed25519 AAAA ops" } },
        aws_instance: { a: { key_name: "${aws_key_pair.ops.key_name}" }, none: { key_name: null } },
        aws_launch_template: { a: { key_name: "ops" }, none: { key_name: "" } },
        aws_batch_compute_environment: { a: { compute_resources: [{ ec2_key_pair: "ops" }] } },
        aws_eks_node_group: { a: { remote_access: [{ ec2_ssh_key: "ops" }] }, none: {} },
        aws_elastic_beanstalk_environment: { a: { setting: [{ name: "EC2KeyName", value: "ops" }] } },
      },
      finds: [
        "aws_key_pair.ops public_key",
        "aws_batch_compute_environment.a compute_resources.ec2_key_pair",
        "aws_eks_node_group.a remote_access.ec2_ssh_key",
        "aws_instance.a key_name",
        "aws_launch_template.a key_name",
        "aws_elastic_beanstalk_environment.a setting.EC2KeyName",
      ],
    },
    {
      title: "a provider with keys in the configuration",
      configuration: { provider: { aws: [{ region: "eu-central-1", access_key: "AKIA", secret_key: "x" }] } },
      finds: ["provider.aws access_key", "provider.aws secret_key"],
    },
  ],
  unknown: [
    {
      title: "a variable may name a key of a machine",
      resources: { aws_instance: { a: { key_name: "${var.key}" } } },
      finds: ["aws_instance.a key_name"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("give the sender of mail an access key", "aws_iam_access_key", { user: "prd-brk-smtp" }),
  addResource("give it a password of the console", "aws_iam_user_login_profile", {
    user: "${aws_iam_user.mail-sender_user.name}",
  }),
  onResource("aws_instance", "give a machine a key of SSH", (each) => ({ ...each, key_name: "ops" })),
  onState("providers", "write a key into the provider", (providers) => ({
    ...providers,
    aws: { ...providers.aws, access_key: "AKIA" },
  })),
];
