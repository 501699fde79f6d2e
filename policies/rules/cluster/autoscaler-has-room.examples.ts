import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object } from "./examples/workloads.ts";

const AT = "HorizontalPodAutoscaler/shop/web spec";
const cpu = { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } };
const scaler = (spec: JsonObject = {}, name = "web"): JsonObject =>
  object("autoscaling/v2", "HorizontalPodAutoscaler", name, {
    spec: {
      scaleTargetRef: { kind: "Deployment", name: "web" },
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [cpu],
      ...spec,
    },
  });
const web = deployment({ spec: { replicas: undefined } });

export const examples: Examples = {
  good: [
    { title: "a workload between two bounds", manifests: [web, scaler()] },
    {
      title: "the first version's spelling",
      manifests: [
        web,
        object("autoscaling/v1", "HorizontalPodAutoscaler", "web", {
          spec: {
            scaleTargetRef: { kind: "Deployment", name: "web" },
            maxReplicas: 6,
            targetCPUUtilizationPercentage: 70,
          },
        }),
      ],
    },
  ],
  bad: [
    { title: "bounds without room", manifests: [web, scaler({ maxReplicas: 2 })], finds: [`${AT}.maxReplicas`] },
    {
      title: "something that is not there",
      manifests: [web, scaler({ scaleTargetRef: { kind: "Deployment", name: "api" } })],
      finds: [`${AT}.scaleTargetRef`],
    },
    {
      title: "a release that throws back",
      manifests: [deployment(), scaler()],
      finds: ["Deployment/shop/web spec.replicas"],
    },
    { title: "nothing to scale by", manifests: [web, scaler({ metrics: [] })], finds: [`${AT}.metrics`] },
    {
      title: "a share of nothing",
      manifests: [
        deployment({ spec: { replicas: undefined }, container: { resources: { requests: { memory: "1Gi" } } } }),
        scaler(),
      ],
      finds: [`${AT}.metrics[cpu]`],
    },
    {
      title: "a container that is not in the pod",
      manifests: [
        web,
        scaler({ metrics: [{ type: "ContainerResource", containerResource: { name: "cpu", container: "api" } }] }),
      ],
      finds: [`${AT}.metrics[cpu]`],
    },
    {
      title: "new pods only when the old ones are full",
      manifests: [
        web,
        scaler({ metrics: [{ type: "Resource", resource: { name: "cpu", target: { averageUtilization: 100 } } }] }),
      ],
      finds: [`${AT}.metrics[cpu].averageUtilization`],
    },
    {
      title: "two autoscalers that pull one workload",
      manifests: [web, scaler({}, "other"), scaler()],
      finds: ["HorizontalPodAutoscaler/shop/other spec.scaleTargetRef"],
    },
  ],
  unknown: [
    {
      title: "by itself, its workload in another file",
      isPart: true,
      manifests: [scaler()],
      finds: [`${AT}.scaleTargetRef`],
    },
    {
      title: "the upper bound is still to be filled in",
      manifests: [web, scaler({ maxReplicas: "${MOST}" })],
      finds: [`${AT}.maxReplicas`],
    },
  ],
};

const inScaler = (title: string, change: JsonObject): Mutation =>
  onObject("HorizontalPodAutoscaler", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  inScaler("leave no room", { maxReplicas: 1 }),
  inScaler("scale what is not there", { scaleTargetRef: { kind: "Deployment", name: "nothing" } }),
  inScaler("scale by nothing", { metrics: [] }),
  onObject("Deployment", "set replicas beside the autoscaler", (body) => ({
    ...body,
    spec: { ...body.spec, replicas: 2 },
  })),
];
