import { kind } from "../estate.ts";
import type { Value } from "../value.ts";
import { type Autoscaler, autoscalers } from "./autoscalers.ts";
import { type Budget, budgets } from "./budgets.ts";
import { type Named, named } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { pods } from "./pods.ts";
import { selects } from "./selector.ts";
import { servedPods } from "./services.ts";

/** What keeps pods running, with what else says how many there are and how many may be missing. */
export interface Workload extends Named {
  readonly kind: string;
  readonly pod: Pod;
  /** Requests are sent to it. */
  readonly serves: boolean;
  readonly autoscaler: Autoscaler | undefined;
  /** Pods at the least, and at the most. Nothing of what is one a node. */
  readonly least: Value<number> | undefined;
  readonly most: Value<number> | undefined;
  readonly budgets: readonly Budget[];
}

/** Kinds of which the number of pods is not theirs to say. */
const PER_NODE = "DaemonSet";

/** Workloads that run until they are told to end: no Jobs, and no bare pods. */
export const workloads = kind<Workload>("workload", (estate) => {
  const served = servedPods(estate);
  const scalers = new Map(estate.of(autoscalers).map((each) => [`${each.namespace}/${each.target}`, each]));
  const disruption = Map.groupBy(estate.of(budgets), ({ namespace }) => namespace);
  return estate
    .of(pods)
    .filter((pod) => pod.runs === "on" && pod.kind !== "Pod" && pod.kind !== "PodTemplate")
    .map((pod) => {
      const object = named(pod.manifest);
      const autoscaler = scalers.get(`${pod.namespace}/${pod.owner}`);
      const replicas = pod.kind === PER_NODE ? undefined : (object.spec.number("replicas") ?? 1);
      const own = (disruption.get(pod.namespace) ?? []).filter(
        ({ selector, selectsNone }) => !selectsNone && selects(selector, pod.labels),
      );
      return {
        ...object,
        kind: pod.kind,
        pod,
        serves: served.has(pod),
        autoscaler,
        least: autoscaler?.minimum ?? replicas,
        most: autoscaler === undefined ? replicas : (autoscaler.maximum ?? replicas),
        budgets: own,
      };
    });
});
