import type { DeclaredEntrypoint } from "../declaration.ts";
import { kind } from "../estate.ts";
import { type Listener, loadBalancers } from "../load-balancers.ts";
import type { Place } from "../place.ts";
import { known } from "../value.ts";
import { type TlsEndpoint, tlsEndpoints } from "./endpoints.ts";

/** An entrypoint of the catalogue, and what in Terraform is its door. */
export interface Entrypoint {
  readonly at: Place;
  readonly declared: DeclaredEntrypoint;
  /** What ends TLS for its host: listeners of its load balancer, the distribution of its name. */
  readonly doors: readonly TlsEndpoint[];
  /** Listeners of its load balancer that pass its port through as it is. */
  readonly passes: readonly Listener[];
}

/** Every declared entrypoint. */
export const entrypoints = kind<Entrypoint>("entrypoint", (estate) => {
  const byName = Map.groupBy(estate.of(loadBalancers), ({ name }) => known(name));
  return (estate.declaration?.services ?? []).flatMap((service) =>
    service.entrypoints.map((declared) => {
      const listeners = (byName.get(declared.loadBalancer) ?? []).flatMap((each) => each.listeners);
      const own = new Set(listeners.map(({ resource }) => resource));
      return {
        at: { resource: `${service.name}/${declared.name}`, stack: service.name, source: "index.json" },
        declared,
        doors: estate
          .of(tlsEndpoints)
          .filter(
            ({ resource }) =>
              resource !== undefined && (own.has(resource) || resource.block.texts("aliases").includes(declared.host)),
          ),
        passes: listeners.filter(({ protocol, port }) => protocol === "TCP" && port === declared.port),
      };
    }),
  );
});
