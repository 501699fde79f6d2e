import { type Estate, kind } from "../estate.ts";
import type { Value } from "../value.ts";
import { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";
import type { Pod } from "./pod.ts";

/** A PriorityClass. */
export interface Priority extends Named {
  readonly value: Value<number> | undefined;
  readonly byDefault: Value<boolean>;
  readonly preempts: Value<string>;
}

export const priorities = kind<Priority>("PriorityClass", (estate) =>
  objectsOf(estate, "PriorityClass", "scheduling.k8s.io").map((manifest) => {
    const body = new Fields(manifest.body);
    return {
      ...named(manifest),
      value: body.number("value"),
      byDefault: body.flag("globalDefault") ?? false,
      preempts: body.text("preemptionPolicy") ?? "PreemptLowerPriority",
    };
  }),
);

/** The class that a pod names, where it is shown. */
export const priorityOf = ({ spec }: Pod, estate: Estate): Priority | undefined =>
  estate.of(priorities).find(({ name }) => name === spec.raw["priorityClassName"]);
