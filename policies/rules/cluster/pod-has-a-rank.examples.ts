import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { cronJob, deployment, onPod, service } from "./examples/workloads.ts";

const AT = "spec.template.spec.priorityClassName";
const rank = (name: string, value: number, preemptionPolicy = "Never"): JsonObject => ({
  ...{ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name }, value, preemptionPolicy },
});
const of = (priorityClassName: string) => ({ pod: { priorityClassName } });
const web = [deployment(of("serving")), service(), rank("serving", 3000)];

export const examples: Examples = {
  good: [{ title: "jobs below what serves", manifests: [...web, cronJob(of("jobs")), rank("jobs", 1000)] }],
  bad: [
    { title: "no class", manifests: [deployment()], finds: [`Deployment/shop/web ${AT}`] },
    {
      title: "a job as high as what serves",
      manifests: [...web, cronJob(of("serving"))],
      finds: [`CronJob/shop/web spec.jobTemplate.${AT}`],
    },
    {
      title: "a job that takes the place of others",
      manifests: [cronJob(of("jobs")), rank("jobs", 1000, "PreemptLowerPriority")],
      finds: [`CronJob/shop/web spec.jobTemplate.${AT}`],
    },
    {
      title: "a value of the cluster's own",
      manifests: [deployment(of("top")), rank("top", 2_000_000_000)],
      finds: ["PriorityClass/top value"],
    },
  ],
  unknown: [
    {
      title: "a class is not shown",
      manifests: [deployment(of("serving"))],
      finds: [`Deployment/shop/web ${AT}`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onPod("take the rank of a pod", (pod) => delete pod.priorityClassName),
  onPod(
    "rank a nightly job with what serves",
    (pod) => {
      pod.priorityClassName = "serving";
    },
    "CronJob",
  ),
  onObject(
    "PriorityClass",
    "rank jobs above all",
    (body) => ({ ...body, value: 900_000 }),
    ({ name }) => name === "jobs",
  ),
];
