import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, LABELS, object, onPod } from "./examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec.topologySpreadConstraints";
const constraint = (key: string, changes: JsonObject = {}): JsonObject => ({
  topologyKey: key,
  maxSkew: 1,
  whenUnsatisfiable: "DoNotSchedule",
  labelSelector: { matchLabels: LABELS },
  ...changes,
});
const zone = (changes: JsonObject = {}): JsonObject => constraint("topology.kubernetes.io/zone", changes);
const node = (changes: JsonObject = {}): JsonObject => constraint("kubernetes.io/hostname", changes);
const spread = (...constraints: readonly JsonObject[]): JsonObject =>
  deployment({ pod: { topologySpreadConstraints: constraints } });

export const examples: Examples = {
  good: [
    {
      title: "spread over zones and nodes",
      manifests: [spread(zone(), node({ whenUnsatisfiable: "ScheduleAnyway" }))],
    },
    {
      title: "kept apart by anti-affinity",
      manifests: [
        deployment({
          pod: {
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [zone()],
                preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: node() }],
              },
            },
          },
        }),
      ],
    },
  ],
  bad: [
    {
      title: "pods that stay wherever they are",
      manifests: [
        deployment({
          pod: { topologySpreadConstraints: [zone(), node()], tolerations: [{ operator: "Exists" }, { key: "gpu" }] },
        }),
      ],
      finds: ["Deployment/shop/web spec.template.spec.tolerations"],
    },
    { title: "nothing said", manifests: [deployment()], finds: [AT, AT] },
    {
      title: "zones where it suits",
      manifests: [spread(zone({ whenUnsatisfiable: "ScheduleAnyway" }), node())],
      finds: [AT],
    },
    { title: "two more pods in one zone", manifests: [spread(zone({ maxSkew: 2 }), node())], finds: [AT] },
    {
      title: "pods of somebody else counted",
      manifests: [spread(zone({ labelSelector: { matchLabels: { app: "api" } } }), node())],
      finds: [AT],
    },
    { title: "no pods counted", manifests: [spread(zone(), node({ labelSelector: undefined }))], finds: [AT] },
    {
      title: "one pod that an autoscaler makes many",
      manifests: [
        deployment({ spec: { replicas: 1 } }),
        object("autoscaling/v1", "HorizontalPodAutoscaler", "web", {
          spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: 9 },
        }),
      ],
      finds: [AT, AT],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onPod("drop the spread", (pod) => delete pod.topologySpreadConstraints),
  onPod("spread over zones where it suits", (pod) => {
    for (const each of pod.topologySpreadConstraints ?? []) each.whenUnsatisfiable = "ScheduleAnyway";
  }),
  onPod("tolerate every taint", (pod) => {
    pod.tolerations = [{ operator: "Exists", effect: "NoExecute" }];
  }),
  onPod("count other pods", (pod) => {
    for (const each of pod.topologySpreadConstraints ?? []) each.labelSelector.matchLabels = { app: "other" };
  }),
];
