import type { Pod } from "../cluster/pod.ts";
import { pods } from "../cluster/pods.ts";
import type { DeclaredPart } from "../declaration.ts";
import { kind } from "../estate.ts";
import type { Place } from "../place.ts";

/** A declared component that runs as pods, and its pods. */
export interface DeclaredPods {
  readonly at: Place;
  readonly service: string;
  readonly part: DeclaredPart;
  readonly pods: readonly Pod[];
}

export const declaredPods = kind<DeclaredPods>("declared component of pods", (estate) => {
  const byName = Map.groupBy(
    estate.of(pods).filter(({ runs }) => runs === "on"),
    ({ namespace, labels }) => `${namespace}/${labels.get("app.kubernetes.io/name") ?? ""}`,
  );
  return (estate.declaration?.services ?? []).flatMap(({ name, components }) =>
    components
      .filter((part) => part.kind === "pods")
      .map((part) => ({
        at: { resource: `${name}/${part.name}`, stack: name, source: "index.json" },
        service: name,
        part,
        pods: byName.get(`${name}/${part.name}`) ?? [],
      })),
  );
});
