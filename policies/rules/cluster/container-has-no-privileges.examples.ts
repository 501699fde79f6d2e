import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { barePod, container, cronJob, deployment, object, onContainer, onPod } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec.containers[web].securityContext";
const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const security = (context: JsonObject) => ({ container: { securityContext: { ...safe, ...context } } });

export const examples: Examples = {
  good: [
    { title: "nothing is granted, and a profile of its own", manifests: [deployment()] },
    {
      title: "the container says itself what its pod does not",
      manifests: [deployment({ pod: { securityContext: {} }, ...security({ seccompProfile: { type: "Localhost" } }) })],
    },
    {
      title: "capabilities in the spelling of the kernel",
      manifests: [cronJob(security({ capabilities: { drop: ["all"] } }))],
    },
  ],
  bad: [
    {
      title: "a container without any security context",
      manifests: [barePod({ container: { securityContext: undefined }, pod: { securityContext: undefined } })],
      finds: [
        "Pod/shop/web spec.containers[web].securityContext.allowPrivilegeEscalation",
        "Pod/shop/web spec.containers[web].securityContext.capabilities.drop",
        "Pod/shop/web spec.containers[web].securityContext.seccompProfile.type",
      ],
    },
    {
      title: "a privileged container that Terraform deploys, and one in a kind of others",
      resources: { kubernetes_manifest: { web: { manifest: deployment(security({ privileged: true })) } } },
      manifests: [
        object("batch.volcano.sh/v1alpha1", "Job", "many", {
          spec: { tasks: [{ template: deployment(security({ privileged: true }))["spec"] }] },
        }),
      ],
      finds: [
        "Job/shop/many spec.tasks.0.template.template.spec.containers[web].securityContext.privileged",
        "Job/shop/many spec.tasks.0.template.template.spec.containers[web].securityContext.allowPrivilegeEscalation",
        `${WEB}.privileged`,
        `${WEB}.allowPrivilegeEscalation`,
      ],
    },
    {
      title: "a privileged container, which may escalate whatever else is said",
      manifests: [deployment(security({ privileged: true }))],
      finds: [`${WEB}.privileged`, `${WEB}.allowPrivilegeEscalation`],
    },
    {
      title: "a capability that amounts to root on the node",
      manifests: [deployment(security({ capabilities: { drop: ["ALL"], add: ["CAP_SYS_ADMIN"] } }))],
      finds: [`${WEB}.allowPrivilegeEscalation`, `${WEB}.capabilities.add`],
    },
    {
      title: "only one capability dropped",
      manifests: [deployment(security({ capabilities: { drop: ["NET_RAW"] } }))],
      finds: [`${WEB}.capabilities.drop`],
    },
    {
      title: "a container that takes back the profile of its pod",
      manifests: [
        deployment(
          security({
            seccompProfile: { type: "Unconfined" },
            appArmorProfile: { type: "Unconfined" },
            procMount: "Unmasked",
            seLinuxOptions: { type: "spc_t" },
            windowsOptions: { hostProcess: true },
          }),
        ),
      ],
      finds: [
        `${WEB}.seccompProfile.type`,
        `${WEB}.procMount`,
        `${WEB}.appArmorProfile.type`,
        `${WEB}.seLinuxOptions.type`,
        `${WEB}.windowsOptions.hostProcess`,
      ],
    },
    {
      title: "an init container and a debugging one that nobody looked at",
      manifests: [
        deployment({
          pod: {
            initContainers: [container({ name: "init", securityContext: { ...safe, privileged: true } })],
            ephemeralContainers: [container({ name: "debug", securityContext: { ...safe, capabilities: {} } })],
          },
        }),
      ],
      finds: [
        "Deployment/shop/web spec.template.spec.initContainers[init].securityContext.privileged",
        "Deployment/shop/web spec.template.spec.initContainers[init].securityContext.allowPrivilegeEscalation",
        "Deployment/shop/web spec.template.spec.ephemeralContainers[debug].securityContext.capabilities.drop",
      ],
    },
    {
      title: "pods inside an object of a kind that is not known",
      manifests: [
        object("argoproj.io/v1alpha1", "Rollout", "web", {
          spec: {
            steps: [{ template: (deployment(security({ privileged: true }))["spec"] as JsonObject)["template"] }],
          },
        }),
      ],
      finds: [
        "Rollout/shop/web spec.steps.0.template.spec.containers[web].securityContext.privileged",
        "Rollout/shop/web spec.steps.0.template.spec.containers[web].securityContext.allowPrivilegeEscalation",
      ],
    },
  ],
  unknown: [
    {
      title: "a word stands where a flag belongs",
      manifests: [deployment(security({ allowPrivilegeEscalation: "false" }))],
      finds: [`${WEB}.allowPrivilegeEscalation`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onContainer("make a container privileged", (each) => {
    each.securityContext.privileged = true;
  }),
  onContainer("let a container escalate", (each) => {
    delete each.securityContext.allowPrivilegeEscalation;
  }),
  onContainer("add a capability", (each) => {
    each.securityContext.capabilities.add = ["NET_RAW"];
  }),
  onContainer("drop no capability of a nightly job", (each) => delete each.securityContext.capabilities, "CronJob"),
  onPod("lift seccomp from a pod", (pod) => {
    pod.securityContext.seccompProfile.type = "Unconfined";
  }),
  onObject("Deployment", "lift AppArmor by an annotation", (object) => {
    const { metadata } = object.spec.template;
    metadata.annotations = {
      ...metadata.annotations,
      "container.apparmor.security.beta.kubernetes.io/a": "unconfined",
    };
    return object;
  }),
  onPod("forget seccomp of the node agents", (pod) => delete pod.securityContext.seccompProfile, "DaemonSet"),
];
