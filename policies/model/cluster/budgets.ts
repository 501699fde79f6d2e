import { kind } from "../estate.ts";
import type { Value } from "../value.ts";
import type { Share } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";
import { isEmpty, type Selector, selectorOf } from "./selector.ts";

/** A PodDisruptionBudget. */
export interface Budget extends Named {
  readonly selector: Selector;
  /** Whether it selects all pods of its namespace, or none (policy/v1beta1). */
  readonly selectsNone: boolean;
  readonly minAvailable: Value<Share> | undefined;
  readonly maxUnavailable: Value<Share> | undefined;
  readonly unhealthy: Value<string>;
}

export const budgets = kind<Budget>("PodDisruptionBudget", (estate) =>
  objectsOf(estate, "PodDisruptionBudget", "policy").map((manifest) => {
    const object = named(manifest);
    const { spec } = object;
    const selector = selectorOf(spec.in("selector"));
    return {
      ...object,
      selector,
      selectsNone: !spec.has("selector") || (isEmpty(selector) && manifest.apiVersion === "policy/v1beta1"),
      minAvailable: spec.share("minAvailable"),
      maxUnavailable: spec.share("maxUnavailable"),
      unhealthy: spec.text("unhealthyPodEvictionPolicy") ?? "IfHealthyBudget",
    };
  }),
);
