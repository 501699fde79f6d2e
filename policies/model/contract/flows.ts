import { type DeclaredFlow, flowsOf } from "../declaration.ts";
import { kind } from "../estate.ts";
import type { Place } from "../place.ts";

/** A declared flow that crosses a network: none within a machine, nor to what every machine has beside it. */
export interface CrossingFlow {
  readonly at: Place;
  readonly flow: DeclaredFlow;
}

const WITHIN = new Set(["loopback", "link-local"]);

export const crossingFlows = kind<CrossingFlow>("declared flow", ({ declaration }) =>
  declaration === undefined
    ? []
    : flowsOf(declaration)
        .filter(({ transport }) => !WITHIN.has(transport))
        .map((flow) => ({
          at: { resource: flow.id, stack: flow.id.split("/")[0], source: "index.json" },
          flow,
        })),
);
