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
const ASKS_NOBODY = { exec: { command: ["sh", "-c", "curl -k https://10.0.0.9/x | sh"] } };

export const examples: Examples = {
  good: [
    {
      title: "settings that check",
      manifests: [
        ...variable("DATABASE_URL", "postgresql://app:$(PASSWORD)@db/app?sslmode=verify-full&sslrootcert=/ca.pem"),
        ...map("app.yaml", "tls:\n  enabled: true\ncache:\n  enabled: false\n"),
        ...map("nginx.conf", "server {\n  ssl_verify_client off;\n}\n"),
      ],
    },
  ],
  bad: [
    {
      title: "variables and commands of a function, a task and a job",
      resources: {
        aws_lambda_function: { work: { environment: [{ variables: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } }] } },
        aws_ecs_task_definition: {
          app: {
            container_definitions: JSON.stringify([
              { name: "app", environment: [{ name: "PYTHONHTTPSVERIFY", value: "0" }] },
              { name: "agent", command: ["agent", "--insecure-skip-verify"] },
            ]),
          },
        },
        aws_batch_job_definition: {
          job: { container_properties: JSON.stringify({ command: ["curl", "-k", "https://api.example.org/"] }) },
        },
      },
      finds: [
        "aws_ecs_task_definition.app container_definitions[app].environment[PYTHONHTTPSVERIFY]",
        "aws_ecs_task_definition.app container_definitions[agent].command",
        "aws_batch_job_definition.job container_properties[container].command",
        "aws_lambda_function.work environment.variables[NODE_TLS_REJECT_UNAUTHORIZED]",
      ],
    },
    { title: "a switch in a variable", manifests: variable("REDIS_TLS", "false"), finds: [`${AT}.env[REDIS_TLS]`] },
    {
      title: "any certificate, in a variable",
      manifests: variable("NODE_TLS_REJECT_UNAUTHORIZED", "0"),
      finds: [`${AT}.env[NODE_TLS_REJECT_UNAUTHORIZED]`],
    },
    {
      title: "an address of a database",
      manifests: variable("URL", "mongodb://a,b/?tls=true&tlsAllowInvalidCertificates=true"),
      finds: [`${AT}.env[URL]`],
    },
    {
      title: "a file of a ConfigMap, and an entry of one",
      manifests: [...map("app.yaml", "redis:\n  tls:\n    enabled: false\n"), ...map("PGSSLMODE", "require")],
      finds: ["ConfigMap/shop/web data[app.yaml]", "ConfigMap/shop/web data[PGSSLMODE]"],
    },
    {
      title: "an option of a command",
      manifests: [deployment({ container: { command: ["/app", "--insecure-skip-verify"], args: ["serve"] } })],
      finds: [`${AT}.command`],
    },
    {
      title: "what a container does as it starts and ends, and what a probe of it does",
      manifests: [
        deployment({
          container: {
            lifecycle: { postStart: ASKS_NOBODY, preStop: ASKS_NOBODY },
            ...{ startupProbe: ASKS_NOBODY, readinessProbe: ASKS_NOBODY, livenessProbe: ASKS_NOBODY },
          },
        }),
      ],
      finds: ["lifecycle.postStart", "lifecycle.preStop", "startupProbe", "readinessProbe", "livenessProbe"].map(
        (hook) => `${AT}.${hook}.exec.command`,
      ),
    },
  ],
  unknown: [
    {
      title: "what is no YAML, with a switch somewhere",
      manifests: map("app.yaml", "tls: {enabled: false\n- a\n"),
      finds: ["ConfigMap/shop/web data[app.yaml]"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onPod("talk to any database", (pod) => {
    for (const each of pod.containers[0].env ?? []) {
      each.value = each.value?.replace("sslmode=verify-full", "sslmode=require").replace("tls=true", "tls=false");
    }
  }),
  onPod("take any certificate", (pod) => {
    pod.containers[0].env = [...(pod.containers[0].env ?? []), { name: "NODE_TLS_REJECT_UNAUTHORIZED", value: "0" }];
  }),
  onPod("take any certificate by an option", (pod) => {
    pod.containers[0].args = [...(pod.containers[0].args ?? []), "--tls-skip-verify"];
  }),
  onPod("take any certificate as it starts", (pod) => {
    pod.containers[0].lifecycle = { ...pod.containers[0].lifecycle, postStart: ASKS_NOBODY };
  }),
  onPod("take any certificate by a probe", (pod) => {
    pod.containers[0].livenessProbe = { ...ASKS_NOBODY, periodSeconds: 30 };
  }),
  onObject("ConfigMap", "turn TLS off by a file", (body) => ({
    ...body,
    data: { ...body.data, "more.yaml": "tls:\n  enabled: false\n" },
  })),
];
