import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { cronJob, daemonSet, deployment, onContainer, onPod } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec";
const logs = { name: "logs", hostPath: { path: "/var/log/pods" } };
const reads = { volumeMounts: [{ name: "logs", mountPath: "/logs", readOnly: true }] };

export const examples: Examples = {
  good: [
    { title: "nothing of the node", manifests: [deployment({ pod: { volumes: [{ name: "scratch" }] } })] },
    {
      title: "an agent that reads logs",
      manifests: [daemonSet({ pod: { volumes: [logs] }, container: reads })],
    },
    {
      title: "secrets by a driver",
      manifests: [deployment({ pod: { volumes: [{ name: "secrets", csi: { driver: "secrets-store.csi.k8s.io" } }] } })],
    },
    {
      title: "a kernel setting of the pod alone",
      manifests: [
        deployment({ pod: { securityContext: { sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }] } } }),
      ],
    },
  ],
  bad: [
    {
      title: "the node's namespaces",
      manifests: [
        deployment({ pod: { hostNetwork: true, hostPID: true, hostIPC: true, shareProcessNamespace: true } }),
      ],
      finds: [`${WEB}.hostNetwork`, `${WEB}.hostPID`, `${WEB}.hostIPC`, `${WEB}.shareProcessNamespace`],
    },
    {
      title: "a port of the node",
      manifests: [deployment({ container: { ports: [{ name: "web", containerPort: 8443, hostPort: 443 }] } })],
      finds: [`${WEB}.containers[web].ports[web].hostPort`],
    },
    {
      title: "a driver of which nobody knows what it mounts",
      manifests: [deployment({ pod: { volumes: [{ name: "all", csi: { driver: "csi.example.com" } }] } })],
      finds: [`${WEB}.volumes[all].csi.driver`],
    },
    {
      title: "the socket of the container runtime, in a nightly job",
      manifests: [cronJob({ pod: { volumes: [{ name: "docker", hostPath: { path: "/var/run/docker.sock" } }] } })],
      finds: ["CronJob/shop/web spec.jobTemplate.spec.template.spec.volumes[docker].hostPath"],
    },
    {
      title: "logs of the node in a pod that is not one a node",
      manifests: [deployment({ pod: { volumes: [logs] }, container: reads })],
      finds: [`${WEB}.volumes[logs].hostPath`],
    },
    {
      title: "an agent that can write what it reads",
      manifests: [
        daemonSet({
          pod: { volumes: [logs] },
          container: { volumeMounts: [{ name: "logs", mountPath: "/logs" }] },
        }),
      ],
      finds: ["DaemonSet/shop/web spec.template.spec.volumes[logs].hostPath"],
    },
    {
      title: "an agent that climbs out of the logs",
      manifests: [
        daemonSet({
          pod: { volumes: [{ name: "logs", hostPath: { path: "/var/log/pods/../../../etc" } }] },
          container: reads,
        }),
      ],
      finds: ["DaemonSet/shop/web spec.template.spec.volumes[logs].hostPath"],
    },
    {
      title: "a share of some server, and a setting of the whole kernel",
      manifests: [
        deployment({
          pod: {
            securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] },
            volumes: [{ name: "share", nfs: { server: "10.0.0.9", path: "/" } }],
          },
        }),
      ],
      finds: [`${WEB}.securityContext.sysctls`, `${WEB}.volumes[share].nfs`],
    },
  ],
  unknown: [
    {
      title: "a value decides on the network",
      manifests: [deployment({ pod: { hostNetwork: "{{ .Values.hostNetwork }}" } })],
      finds: [`${WEB}.hostNetwork`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onPod("put a pod into the node's network", (pod) => {
    pod.hostNetwork = true;
  }),
  onPod(
    "show a nightly job the node's processes",
    (pod) => {
      pod.hostPID = true;
    },
    "CronJob",
  ),
  onPod("mount the runtime's socket", (pod) => {
    pod.volumes.push({ name: "socket", hostPath: { path: "/run/containerd/containerd.sock" } });
  }),
  onPod(
    "let the agents read all of the node",
    (pod) => {
      for (const each of pod.volumes) if (each.hostPath !== undefined) each.hostPath.path = "/";
    },
    "DaemonSet",
  ),
  onContainer(
    "let the agents write logs",
    (each) => {
      for (const mount of each.volumeMounts) if (mount.name === "pods") delete mount.readOnly;
    },
    "DaemonSet",
  ),
  onContainer("take a port of the node", (each) => {
    each.ports = [{ name: "out", containerPort: 8443, hostPort: 8443 }];
  }),
];
