import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { onState } from "../../engine/state-mutation.ts";

export const examples: Examples = {
  good: [
    {
      title: "resources alone",
      resources: { aws_instance: { a: { ami: "ami-1" } } },
      configuration: { data: { aws_ami: { debian: { most_recent: true } } } },
    },
  ],
  bad: [
    {
      title: "provisioners, in both spellings",
      resources: {
        aws_instance: { a: { provisioner: [{ "local-exec": { command: "ansible-playbook site.yml" } }] } },
        null_resource: { a: { provisioner: { "remote-exec": { inline: ["reboot"] } } } },
      },
      finds: ["aws_instance.a provisioner.local-exec", "null_resource.a provisioner.remote-exec"],
    },
    {
      title: "a function is called",
      resources: { aws_lambda_invocation: { a: { function_name: "seed" } } },
      finds: ["aws_lambda_invocation.a aws_lambda_invocation"],
    },
    {
      title: "a program and a web page are asked",
      configuration: { data: { external: { a: { program: ["sh"] } }, http: { b: { url: "https://example.org" } } } },
      finds: ["data.external.a data", "data.http.b data"],
    },
    {
      title: "a program is asked by a check, a provisioner of what is removed, an action that a change triggers",
      resources: {
        aws_lambda_function: {
          a: { lifecycle: { action_trigger: [{ events: ["after_create"], actions: ["action.aws_lambda_invoke.a"] }] } },
        },
      },
      configuration: {
        check: { up: { data: { http: { a: { url: "https://example.org" } } } } },
        removed: [{ from: "aws_instance.a", provisioner: [{ "local-exec": { when: "destroy", command: "true" } }] }],
      },
      finds: [
        "aws_lambda_function.a lifecycle.action_trigger",
        "aws_instance.a provisioner",
        "check.up.data.http.a data",
      ],
    },
    {
      title: "an action in a plan",
      stacks: {
        plan: {
          format_version: "1.2",
          planned_values: { root_module: {} },
          action_invocations: [{ address: "action.aws_lambda_invoke.a", type: "aws_lambda_invoke", name: "a" }],
        },
      },
      finds: ["action.aws_lambda_invoke.a action_invocations"],
    },
    {
      title: "a provisioner in a plan",
      stacks: {
        plan: {
          format_version: "1.2",
          planned_values: {
            root_module: {
              resources: [{ address: "aws_instance.a", mode: "managed", type: "aws_instance", name: "a", values: {} }],
            },
          },
          resource_changes: [],
          configuration: {
            root_module: {
              resources: [{ address: "aws_instance.a", provisioners: [{ type: "local-exec", expressions: {} }] }],
            },
          },
        },
      },
      finds: ["aws_instance.a provisioner.local-exec"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_instance", "run a program when a host is made", (each) => ({
    ...each,
    provisioner: [{ "local-exec": { command: "true" } }],
  })),
  onState("data", "run a program at each plan", (data) => ({
    ...data,
    "data.external.version": { program: ["sh", "-c", "true"] },
  })),
  onState("data", "ask a web page", (data) => ({ ...data, "data.http.ranges": { url: "https://example.org" } })),
];
