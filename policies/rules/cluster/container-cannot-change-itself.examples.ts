import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { container, deployment, job, onContainer } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec.containers[web]";
const scratch = { name: "scratch", emptyDir: {} };
const keys = { name: "keys", secret: { secretName: "web" } };

export const examples: Examples = {
  good: [
    {
      title: "a read-only root, a scratch folder, and a key that is only read",
      manifests: [
        deployment({
          pod: { volumes: [scratch, keys] },
          container: {
            volumeMounts: [
              { name: "scratch", mountPath: "/tmp" },
              { name: "keys", mountPath: "/etc/keys", readOnly: true },
            ],
          },
        }),
      ],
    },
  ],
  bad: [
    {
      title: "nothing said of the root",
      manifests: [deployment({ container: { securityContext: {} } })],
      finds: [`${WEB}.securityContext.readOnlyRootFilesystem`],
    },
    {
      title: "a writable mount of a key",
      manifests: [
        deployment({
          pod: { volumes: [keys] },
          container: { volumeMounts: [{ name: "keys", mountPath: "/etc/keys" }] },
        }),
      ],
      finds: [`${WEB}.volumeMounts[keys].readOnly`],
    },
    {
      title: "an init container of a job with a writable root",
      manifests: [
        job({
          pod: { initContainers: [container({ name: "init", securityContext: { readOnlyRootFilesystem: false } })] },
        }),
      ],
      finds: ["Job/shop/web spec.template.spec.initContainers[init].securityContext.readOnlyRootFilesystem"],
    },
  ],
  unknown: [
    {
      title: "a word stands where a flag belongs",
      manifests: [deployment({ container: { securityContext: { readOnlyRootFilesystem: "{{ .Values.readOnly }}" } } })],
      finds: [`${WEB}.securityContext.readOnlyRootFilesystem`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onContainer("make the root writable", (each) => {
    each.securityContext.readOnlyRootFilesystem = false;
  }),
  onContainer("forget it in a nightly job", (each) => delete each.securityContext.readOnlyRootFilesystem, "CronJob"),
  onContainer("mount certificates writable", (each) => {
    for (const mount of each.volumeMounts) if (mount.name === "tls") mount.readOnly = false;
  }),
];
