import type { Estate } from "../../model/estate.ts";
import { targetsAt } from "../layers/balancers.ts";
import type { Site } from "../parties/site.ts";
import { beginning } from "./beginning.ts";
import type { End } from "./end.ts";
import { endAt } from "./ends.ts";

/** One hop of the way to whoever answers: from where to where, and how it is carried. */
export interface ChainHop {
  readonly to: string;
  readonly point: number;
  readonly end: End;
}

/** The hops of a connection: to its far end and, where that is a load balancer, on to its targets. */
export function chainOf(
  estate: Estate,
  { from, to }: { readonly from: Site; readonly to: Site },
  point: number,
  sites: readonly Site[],
): readonly ChainHop[] {
  const first: ChainHop = { to: to.party, point, end: beginning(estate, from, to) ?? endAt(estate, to, point) };
  if (to.kind !== "load balancer" || first.end.speaks === "redirect") return [first];
  const next = sites.flatMap((site): readonly ChainHop[] => {
    const [target] = targetsAt(estate, to, site);
    const own = target?.services[0];
    if (own === undefined) return [];
    return [{ to: site.party, point: own, end: beginning(estate, to, site) ?? endAt(estate, site, own) }];
  });
  return [first, ...next];
}
