import type { Pods } from "../schema/component.ts";
import type { Environment } from "../schema/environment.ts";

/** Pods that a component has at the least: as many as it declares, or as the environment has of anything. */
export const fewestPods = (
  { minimumReplicas }: Pick<Environment, "minimumReplicas">,
  { replicas }: Pick<Pods, "replicas">,
): number => Math.min(replicas.min, minimumReplicas);
