import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { cronJob, deployment, onContainer, onPod } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec";
const AT = `${WEB}.containers[web].resources`;
const all = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" };
const scratch = (emptyDir: object) => ({
  pod: { volumes: [{ name: "scratch", emptyDir: { ...emptyDir } }] },
  container: { resources: { requests: all, limits: all }, volumeMounts: [{ name: "scratch", mountPath: "/tmp" }] },
});

export const examples: Examples = {
  good: [
    { title: "requests, and limits of what cannot be taken back", manifests: [deployment()] },
    {
      title: "limits alone, which are requests too",
      manifests: [cronJob({ container: { resources: { limits: all } } })],
    },
    { title: "the same amount in other words", manifests: [deployment(scratch({ sizeLimit: "1048576Ki" }))] },
  ],
  bad: [
    {
      title: "nothing asked for",
      manifests: [deployment({ container: { resources: undefined } })],
      finds: [
        `${AT}.requests.cpu`,
        `${AT}.requests.memory`,
        `${AT}.limits.memory`,
        `${AT}.requests.ephemeral-storage`,
        `${AT}.limits.ephemeral-storage`,
      ],
    },
    {
      title: "more memory than was asked for",
      manifests: [deployment({ container: { resources: { requests: { ...all, memory: "64Mi" }, limits: all } } })],
      finds: [`${AT}.limits.memory`],
    },
    {
      title: "a scratch volume without a bound",
      manifests: [deployment(scratch({}))],
      finds: [`${WEB}.volumes[scratch].emptyDir.sizeLimit`],
    },
    {
      title: "a scratch volume larger than the disk of who fills it",
      manifests: [deployment(scratch({ sizeLimit: "2Gi" }))],
      finds: [`${WEB}.volumes[scratch].emptyDir.sizeLimit`],
    },
    {
      title: "a scratch volume in memory that the container does not have",
      manifests: [deployment(scratch({ sizeLimit: "2G", medium: "Memory" }))],
      finds: [`${WEB}.volumes[scratch].emptyDir.sizeLimit`],
    },
  ],
  unknown: [
    {
      title: "a quantity is none that Kubernetes knows",
      manifests: [deployment({ container: { resources: { limits: { ...all, memory: "1 gigabyte" } } } })],
      finds: [`${AT}.requests.memory`, `${AT}.limits.memory`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onContainer("ask for no CPU", (each) => delete each.resources.requests.cpu),
  onContainer("lift the limit of memory", (each) => delete each.resources.limits.memory),
  onContainer("limit memory above the request", (each) => {
    each.resources.limits.memory = "64Gi";
  }),
  onContainer(
    "forget the disk of a nightly job",
    (each) => delete each.resources.limits["ephemeral-storage"],
    "CronJob",
  ),
  onContainer("ask for nothing at all", (each) => delete each.resources),
  onPod("lift the bound of scratch volumes", (pod) => {
    for (const each of pod.volumes) if (each.emptyDir !== undefined) each.emptyDir = {};
  }),
];
