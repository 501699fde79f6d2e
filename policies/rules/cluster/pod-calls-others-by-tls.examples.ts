import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object, onPod } from "./examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec.containers[web]";
const variable = (name: string, value: string): readonly JsonObject[] => [
  deployment({ container: { env: [{ name, value }] } }),
];
const map = (name: string, text: string): readonly JsonObject[] => [
  object("v1", "ConfigMap", "web", { data: { [name]: text } }),
];

export const examples: Examples = {
  good: [
    {
      title: "a function and a task with TLS, and with what runs beside them",
      resources: {
        aws_lambda_function: {
          work: {
            environment: {
              variables: { API: "https://${aws_lb.api.dns_name}/", EXTENSION: "http://localhost:2773/secret" },
            },
          },
        },
        aws_ecs_task_definition: {
          app: {
            container_definitions: JSON.stringify([
              { name: "app", environment: [{ name: "METADATA", value: "http://169.254.170.2/v2" }] },
            ]),
          },
        },
      },
    },
    {
      title: "TLS by names, and programs of the same pod",
      manifests: [
        ...variable("URL", "mongodb://app:$(PASSWORD)@a.example.org:27017,b.example.org/app?tls=true"),
        ...variable("EXPORTER", "http://127.0.0.1:8081/status"),
        ...map("app.yaml", "# http://old.example.org\napi: https://api.example.org\npeer: 10.0.0.4\n"),
      ],
    },
  ],
  bad: [
    {
      title: "a function and a task that are given clear addresses",
      resources: {
        aws_lambda_function: { work: { environment: { variables: { API: "http://api.example.org/" } } } },
        aws_ecs_task_definition: {
          app: {
            container_definitions: JSON.stringify([
              { name: "app", environment: [{ name: "CACHE", value: "redis://cache.example.org:6379" }] },
            ]),
          },
        },
      },
      finds: [
        "aws_ecs_task_definition.app container_definitions[app].environment[CACHE]",
        "aws_lambda_function.work environment.variables[API]",
      ],
    },
    {
      title: "another service in clear text",
      manifests: variable("API_URL", "http://api.pay.svc.cluster.local:8080"),
      finds: [`${AT}.env[API_URL]`],
    },
    {
      title: "a database that is not asked for TLS",
      manifests: variable("URL", "postgresql://app:$(PASSWORD)@$(HOST):5432/app"),
      finds: [`${AT}.env[URL]`],
    },
    {
      title: "a number of the internet, in a ConfigMap and in a command",
      manifests: [
        ...map("SMTP_HOST", "203.0.113.5"),
        deployment({ container: { args: ["--send-to=https://203.0.113.5/x"] } }),
      ],
      finds: ["ConfigMap/shop/web data[SMTP_HOST]", `${AT}.command`],
    },
    {
      title: "a call as the container starts, and one of a probe",
      manifests: [
        deployment({
          container: {
            lifecycle: { postStart: { exec: { command: ["curl", "http://api.example.org/x"] } } },
            livenessProbe: { exec: { command: ["sh", "-c", "curl https://203.0.113.5/x"] } },
          },
        }),
      ],
      finds: [`${AT}.lifecycle.postStart.exec.command`, `${AT}.livenessProbe.exec.command`],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onPod("call a stranger in clear text", (pod) => {
    pod.containers[0].env = [...(pod.containers[0].env ?? []), { name: "API_URL", value: "http://203.0.113.5" }];
  }),
  onPod("ask the database for nothing", (pod) => {
    for (const each of pod.containers[0].env ?? []) {
      each.value = each.value?.replace("sslmode=verify-full&", "").replace("&tls=true", "");
    }
  }),
  onObject("ConfigMap", "call in clear text by a file", (body) => ({
    ...body,
    data: { ...body.data, API_URL: "http://api.example.org" },
  })),
];
