import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { daemonSet, deployment, LABELS, object, onPod, service } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec";
const served = (spec: JsonObject, pod: JsonObject = {}): readonly JsonObject[] => [
  deployment({ spec: { minReadySeconds: 10, ...spec }, pod }),
  service(),
];
const stateful = (updateStrategy: JsonObject): JsonObject =>
  object("apps/v1", "StatefulSet", "db", {
    spec: {
      updateStrategy,
      template: { metadata: { labels: LABELS }, spec: { containers: [{ name: "db", image: "db" }] } },
    },
  });

export const examples: Examples = {
  good: [
    { title: "nothing missing meanwhile", manifests: served({}) },
    {
      title: "a scheduler of which there may be only one",
      manifests: [deployment({ spec: { replicas: 1, strategy: { type: "Recreate" } } })],
    },
    { title: "agents, a quarter at a time", manifests: [daemonSet(), stateful({})] },
  ],
  bad: [
    {
      title: "the default, which lets a quarter be missing",
      manifests: served({ strategy: undefined }),
      finds: [`${WEB}.strategy.rollingUpdate.maxUnavailable`],
    },
    {
      title: "all pods ended before new ones start",
      manifests: served({ strategy: { type: "Recreate" } }),
      finds: [`${WEB}.strategy.type`],
    },
    {
      title: "nothing to go back to, and no time to prove itself",
      manifests: served({ revisionHistoryLimit: 0, minReadySeconds: 0 }),
      finds: [`${WEB}.revisionHistoryLimit`, `${WEB}.minReadySeconds`],
    },
    {
      title: "a release that never arrives, of pods that end after an hour, or that waits for a day at each",
      manifests: served({ paused: true, minReadySeconds: 86_400 }, { activeDeadlineSeconds: 3600 }),
      finds: [`${WEB}.template.spec.activeDeadlineSeconds`, `${WEB}.paused`, `${WEB}.minReadySeconds`],
    },
    {
      title: "a set that is replaced only where somebody deletes pods",
      manifests: [stateful({ type: "OnDelete" })],
      finds: ["StatefulSet/shop/db spec.updateStrategy.type"],
    },
    {
      title: "a set of which a part is never replaced",
      manifests: [stateful({ rollingUpdate: { partition: 3 } })],
      finds: ["StatefulSet/shop/db spec.updateStrategy.rollingUpdate.partition"],
    },
    {
      title: "all agents at once",
      manifests: [daemonSet({ spec: { updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } } } })],
      finds: ["DaemonSet/shop/web spec.updateStrategy.rollingUpdate.maxUnavailable"],
    },
  ],
  unknown: [
    {
      title: "the strategy is still to be filled in",
      manifests: served({ strategy: { type: "${STRATEGY}" } }),
      finds: [`${WEB}.strategy.type`],
    },
  ],
};

const inStrategy = (title: string, strategy: JsonObject): Mutation =>
  onObject("Deployment", title, (body) => ({ ...body, spec: { ...body.spec, strategy } }));

export const mutations: readonly Mutation[] = [
  inStrategy("end all pods first", { type: "Recreate" }),
  inStrategy("let a quarter be missing", { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } }),
  onObject("Deployment", "keep nothing to go back to", (body) => ({
    ...body,
    spec: { ...body.spec, revisionHistoryLimit: 0 },
  })),
  onObject("Deployment", "hold releases back", (body) => ({ ...body, spec: { ...body.spec, paused: true } })),
  onPod("let pods end after an hour", (pod) => {
    pod.activeDeadlineSeconds = 3600;
  }),
  onObject("DaemonSet", "replace agents on deletion", (body) => ({
    ...body,
    spec: { ...body.spec, updateStrategy: { type: "OnDelete" } },
  })),
];
