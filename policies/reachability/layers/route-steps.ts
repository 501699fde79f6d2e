import { type AddressSet, intersect, isEmpty, nowhere, sizeOf, subtract } from "../../model/addresses.ts";
import type { Route, RouteTable } from "../../model/network/routes.ts";
import { known } from "../../model/value.ts";

/** What a route table does with some destinations: the route that takes them. */
export interface Step {
  readonly route: Route;
  readonly addresses: AddressSet;
}

/** Routes that take destinations, the longest prefix first; what none takes is dropped. */
export function stepsTo(table: RouteTable | undefined, destinations: AddressSet): readonly Step[] {
  let left = destinations;
  const steps: Step[] = [];
  for (const route of longestFirst(table)) {
    if (isEmpty(left)) break;
    const addresses = intersect(left, known(route.destination) ?? nowhere);
    if (isEmpty(addresses)) continue;
    steps.push({ route, addresses });
    left = subtract(left, addresses);
  }
  return steps;
}

const SORTED = new WeakMap<RouteTable, readonly Route[]>();

/** A smaller destination has the longer prefix. */
function longestFirst(table: RouteTable | undefined): readonly Route[] {
  if (table === undefined) return [];
  const found = SORTED.get(table) ?? [...table.routes].sort((a, b) => sizeOfRoute(a) - sizeOfRoute(b));
  SORTED.set(table, found);
  return found;
}

function sizeOfRoute({ destination }: Route): number {
  const { v4, v6 } = sizeOf(known(destination) ?? nowhere);
  // Families do not compete: any order between them will do.
  return v4 + Number(v6);
}

/** The zone that a route's target is said to be in: the key by which a firewall's endpoints are looked up. */
export function zoneOf({ said }: Route): string | undefined {
  const [, zone] = /\[\\?"([a-z]{2}(?:-[a-z]+)+-\d[a-z])\\?"\]/.exec(String(said.value)) ?? [];
  return zone;
}
