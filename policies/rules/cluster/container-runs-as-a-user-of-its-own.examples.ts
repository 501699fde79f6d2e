import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { container, cronJob, deployment, onContainer, onPod } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec.containers[web].securityContext";
const own = { runAsNonRoot: true, runAsUser: 20_000, runAsGroup: 20_000 };

export const examples: Examples = {
  good: [
    { title: "the pod names user and group", manifests: [deployment()] },
    {
      title: "each container names them",
      manifests: [cronJob({ pod: { securityContext: {} }, container: { securityContext: own } })],
    },
    {
      title: "a group by which a pod reads the folder of the node that it is given",
      manifests: [
        deployment({
          pod: {
            securityContext: { ...own, supplementalGroups: [0] },
            volumes: [{ name: "logs", hostPath: { path: "/var/log/pods" } }],
          },
        }),
      ],
    },
  ],
  bad: [
    {
      title: "groups of root, for volumes and beside",
      manifests: [
        deployment({
          pod: { securityContext: { ...own, fsGroup: 0, supplementalGroups: [20_001, 0] } },
        }),
      ],
      finds: ["fsGroup", "supplementalGroups"].map(
        (field) => `Deployment/shop/web spec.template.spec.securityContext.${field}`,
      ),
    },
    {
      title: "the image decides who runs",
      manifests: [deployment({ pod: { securityContext: undefined } })],
      finds: [`${WEB}.runAsNonRoot`, `${WEB}.runAsUser`, `${WEB}.runAsGroup`],
    },
    {
      title: "a container overrides its pod with root",
      manifests: [deployment({ container: { securityContext: { runAsUser: 0, runAsNonRoot: false } } })],
      finds: [`${WEB}.runAsNonRoot`, `${WEB}.runAsUser`],
    },
    {
      title: "a user that nodes have, in the group of root",
      manifests: [deployment({ pod: { securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 0 } } })],
      finds: [`${WEB}.runAsUser`, `${WEB}.runAsGroup`],
    },
    {
      title: "an init container that runs as root to change owners",
      manifests: [
        deployment({
          pod: { initContainers: [container({ name: "chown", securityContext: { ...own, runAsUser: 0 } })] },
        }),
      ],
      finds: ["Deployment/shop/web spec.template.spec.initContainers[chown].securityContext.runAsUser"],
    },
  ],
  unknown: [
    {
      title: "a number is still to be filled in",
      manifests: [deployment({ container: { securityContext: { runAsUser: "${UID}" } } })],
      finds: [`${WEB}.runAsUser`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onPod("own volumes as the group of root", (pod) => {
    pod.securityContext.fsGroup = 0;
  }),
  onPod("be in the group of root", (pod) => {
    pod.securityContext.supplementalGroups = [0];
  }),
  onPod("run as root", (pod) => {
    pod.securityContext.runAsUser = 0;
  }),
  onPod("leave the user to the image", (pod) => delete pod.securityContext.runAsUser, "CronJob"),
  onPod("leave the group to the image", (pod) => delete pod.securityContext.runAsGroup, "DaemonSet"),
  onContainer("let one container be root", (each) => {
    each.securityContext.runAsNonRoot = false;
  }),
];
