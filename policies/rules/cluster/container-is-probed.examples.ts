import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { container, deployment, onContainer, onPod, sidecar } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec.containers[web]";
const exec = (changes: object) => ({ exec: { command: ["alive"] }, ...changes });
const asks = { httpGet: { path: "/health", port: 8443 } };

export const examples: Examples = {
  good: [
    { title: "three probes that ask different things", manifests: [deployment()] },
    {
      title: "a sidecar whose port the application's readiness asks",
      manifests: [
        deployment({
          pod: { initContainers: [sidecar()] },
          container: { ports: undefined, startupProbe: undefined, livenessProbe: { ...asks, initialDelaySeconds: 20 } },
        }),
      ],
    },
    {
      title: "the same question, asked with twice the patience",
      manifests: [
        deployment({
          container: { readinessProbe: asks, livenessProbe: { ...asks, periodSeconds: 20 } },
        }),
      ],
    },
    {
      title: "a worker without ports, asked by a command",
      manifests: [
        deployment({
          container: {
            ports: undefined,
            readinessProbe: exec({ timeoutSeconds: 5 }),
            livenessProbe: exec({ timeoutSeconds: 5, periodSeconds: 60 }),
          },
        }),
      ],
    },
  ],
  bad: [
    {
      title: "no probe at all",
      manifests: [
        deployment({ container: { startupProbe: undefined, readinessProbe: undefined, livenessProbe: undefined } }),
      ],
      finds: ["Deployment/shop/web spec.template.spec.containers", `${WEB}.livenessProbe`],
    },
    {
      title: "a second container whose port nobody asks",
      manifests: [
        deployment({
          beside: [container({ name: "admin", ports: [{ containerPort: 9443 }], readinessProbe: undefined })],
        }),
      ],
      finds: ["Deployment/shop/web spec.template.spec.containers[admin].readinessProbe"],
    },
    {
      title: "a liveness that may kill what is still starting",
      manifests: [deployment({ container: { startupProbe: undefined } })],
      finds: [`${WEB}.startupProbe`],
    },
    {
      title: "probes that wait for hours",
      manifests: [
        deployment({
          container: {
            readinessProbe: { ...asks, periodSeconds: 600 },
            livenessProbe: { ...asks, periodSeconds: 3_600, failureThreshold: 10 },
          },
        }),
      ],
      finds: [`${WEB}.livenessProbe`, `${WEB}.readinessProbe`],
    },
    {
      title: "one question for both, with one patience",
      manifests: [deployment({ container: { readinessProbe: asks, livenessProbe: asks } })],
      finds: [`${WEB}.livenessProbe`],
    },
    {
      title: "a command every second, with a second to answer",
      manifests: [deployment({ container: { livenessProbe: exec({ periodSeconds: 1 }) } })],
      finds: [`${WEB}.livenessProbe.periodSeconds`, `${WEB}.livenessProbe.timeoutSeconds`],
    },
  ],
  unknown: [
    {
      title: "the time between commands is still to be filled in",
      manifests: [
        deployment({
          container: { livenessProbe: exec({ periodSeconds: "{{ .Values.period }}", timeoutSeconds: 5 }) },
        }),
      ],
      finds: [`${WEB}.livenessProbe.periodSeconds`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onContainer("remove the liveness", (each) => delete each.livenessProbe),
  onContainer("remove the readiness", (each) => delete each.readinessProbe),
  onContainer("remove the startup probe", (each) => delete each.startupProbe),
  onContainer("let liveness be as impatient as readiness", (each) => {
    each.livenessProbe = each.readinessProbe;
  }),
  onContainer("ask whether it lives once a day", (each) => {
    each.livenessProbe.periodSeconds = 86_400;
  }),
  onPod("forget the sidecar's liveness", (pod) => {
    for (const each of pod.initContainers ?? []) delete each.livenessProbe;
  }),
  onContainer("remove the readiness of the node agents", (each) => delete each.readinessProbe, "DaemonSet"),
];
