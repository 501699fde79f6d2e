import type { DeclaredEntrypoint } from "../declaration.ts";
import { kind } from "../estate.ts";
import { type TargetGroup, targetGroups } from "../load-balancers.ts";
import type { Place } from "../place.ts";
import { known } from "../value.ts";

/** A declared entrypoint, and the target groups that its load balancer leads to. */
export interface AskedEntrypoint {
  readonly at: Place;
  readonly declared: DeclaredEntrypoint;
  readonly groups: readonly TargetGroup[];
}

export const askedEntrypoints = kind<AskedEntrypoint>("entrypoint with its targets", (estate) =>
  (estate.declaration?.services ?? []).flatMap(({ name, entrypoints }) =>
    entrypoints.map((declared) => ({
      at: { resource: `${name}/${declared.name}`, stack: name, source: "index.json" },
      declared,
      groups: estate
        .of(targetGroups)
        .filter(({ listeners }) =>
          listeners.some(({ balancer }) => known(balancer?.block.text("name")) === declared.loadBalancer),
        ),
    })),
  ),
);
