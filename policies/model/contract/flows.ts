import { type DeclaredFlow, flowsOf, type Party } from "../declaration.ts";
import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";

/** A declared flow that crosses a network: none within a machine, nor to what every machine has beside it. */
export interface CrossingFlow {
  readonly at: Place;
  readonly flow: DeclaredFlow;
}

/** Ports on which somebody is declared to call a party. */
export const calledPorts = ({ declaration }: Estate, party: Party): ReadonlySet<number> =>
  new Set(
    (declaration === undefined ? [] : flowsOf(declaration))
      .filter(({ to }) => to === party)
      .flatMap(({ ports }) => ports),
  );

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
