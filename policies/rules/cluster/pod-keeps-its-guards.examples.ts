import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object, onPod } from "./examples/workloads.ts";

const variables = (...pairs: readonly (readonly [string, string])[]): readonly JsonObject[] => [
  deployment({ container: { env: pairs.map(([name, value]) => ({ name, value })) } }),
];
const at = (name: string) => `Deployment/shop/web spec.template.spec.containers[web].env[${name}]`;
const map = (name: string, text: string): readonly JsonObject[] => [
  object("v1", "ConfigMap", "web", { data: { [name]: text } }),
];

export const examples: Examples = {
  good: [
    {
      title: "origins that are named, guards that are on",
      manifests: [
        ...variables(
          ["ALLOWED_ORIGINS", "https://a.example.org"],
          ["NODE_OPTIONS", "--max-old-space-size=512"],
          ["LOG_LEVEL", "info"],
        ),
        ...map("app.yaml", "rate_limiting:\n  enabled: true\n"),
      ],
    },
  ],
  bad: [
    {
      title: "code and a debugger in a program, and a way around",
      manifests: variables(
        ["LD_PRELOAD", "/tmp/x.so"],
        ["NODE_OPTIONS", "--inspect=0.0.0.0:9229"],
        ["HTTPS_PROXY", "https://proxy.example.org"],
      ),
      finds: ["LD_PRELOAD", "NODE_OPTIONS", "HTTPS_PROXY"].map(at),
    },
    {
      title: "every origin, debugging, and tokens that nobody signs",
      manifests: variables(["ALLOWED_ORIGINS", "*"], ["DEBUG", "true"], ["JWT_ALGORITHM", "none"]),
      finds: ["ALLOWED_ORIGINS", "DEBUG", "JWT_ALGORITHM"].map(at),
    },
    {
      title: "a guard that is off, in a ConfigMap",
      manifests: map("app.yaml", "rate_limiting:\n  enabled: false\n"),
      finds: ["ConfigMap/shop/web data[app.yaml]"],
    },
    {
      title: "code that commands load into a program",
      manifests: [
        deployment({
          container: {
            command: ["env", "LD_PRELOAD=/tmp/x.so", "/app"],
            lifecycle: { postStart: { exec: { command: ["sh", "-c", "HTTPS_PROXY=https://p.example.org curl x"] } } },
          },
        }),
      ],
      finds: ["command", "lifecycle.postStart.exec.command"].map(
        (name) => `Deployment/shop/web spec.template.spec.containers[web].${name}`,
      ),
    },
  ],
  unknown: [],
};

const give = (title: string, name: string, value: string): Mutation =>
  onPod(title, (pod) => {
    pod.containers[0].env = [...(pod.containers[0].env ?? []), { name, value }];
  });

export const mutations: readonly Mutation[] = [
  give("load something into a program", "LD_PRELOAD", "/tmp/x.so"),
  give("debug a program from afar", "NODE_OPTIONS", "--inspect=0.0.0.0:9229"),
  give("lead calls through a proxy", "HTTPS_PROXY", "https://proxy.example.org"),
  give("let every page call", "ALLOWED_ORIGINS", "*"),
  onPod("load something by a command", (pod) => {
    pod.containers[0].lifecycle = {
      ...pod.containers[0].lifecycle,
      postStart: { exec: { command: ["env", "LD_PRELOAD=/tmp/x.so", "true"] } },
    };
  }),
  onObject("ConfigMap", "count nobody's requests", (body) => ({
    ...body,
    data: { ...body.data, "more.yaml": "rate_limiting:\n  enabled: false\n" },
  })),
];
