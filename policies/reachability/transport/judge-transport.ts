import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { Found, Said } from "../findings.ts";
import { isOneDomain } from "../flows/differences.ts";
import { possible } from "../flows/possible.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { clearHop } from "../rules.ts";
import { allOf, type Services, shownServices } from "../space/services.ts";
import { beginning } from "./beginning.ts";
import type { End } from "./end.ts";
import { endAt } from "./ends.ts";

/** A hop of possible flows: who speaks to whom, on what, and how that ends. */
export interface TransportHop {
  readonly from: Site;
  readonly to: Site;
  readonly point: number;
  readonly end: End;
}

/** Wider openings are no declared flows, and found as such. */
const MOST = 64;

/** Judges the transport of every possible flow: no hop may be in clear but within a machine. */
export function judgeTransport(estate: Estate, declaration: Declaration): Found {
  const hops = hopsOf(estate, declaration);
  const said = hops.flatMap(({ from, to, point, end: own }): readonly Said[] => {
    if (own.speaks !== "clear" && own.speaks !== "unknown") return [];
    const what = shownServices([point, point]);
    return [
      {
        at: own.at ?? to.at,
        attribute: `${from.party} -> ${to.party} ${what}`,
        got: own.speaks === "clear" ? `clear text: ${own.by}` : `unknown: ${own.by}`,
        expected: "TLS from end to end of the hop",
        outcome: own.speaks === "clear" ? "fail" : "unknown",
      },
    ];
  });
  return { rule: clearHop, subjects: hops.length, said };
}

/** Every hop of every possible flow, once for each pair of sites and port. */
export function hopsOf(estate: Estate, declaration: Declaration): readonly TransportHop[] {
  const sites = sitesOf(estate, declaration);
  const ends = new Map<Site, Map<number, End>>();
  return sites.flatMap((from) =>
    sites.flatMap((to) => {
      // Nodes may what their pods may: those hops are the pods'.
      if (isOneDomain(from, to) || from.kind === "nodes") return [];
      const services = allOf(possible(estate, from, to).most.map((each) => each.services));
      return pointsOf(services).flatMap((point): readonly TransportHop[] => {
        if (to.kind === "nodes" && point !== KUBELET) return [];
        const own = ends.get(to) ?? new Map<number, End>();
        ends.set(to, own);
        const found = own.get(point) ?? endAt(estate, to, point);
        own.set(point, found);
        return [{ from, to, point, end: beginning(estate, from, to) ?? found }];
      });
    }),
  );
}

const KUBELET = 6 * 65_536 + 10_250;

function pointsOf(services: Services): readonly number[] {
  const points: number[] = [];
  for (let at = 0; at < services.length; at += 2) {
    const [first = 0, last = 0] = [services[at], services[at + 1]];
    if (points.length + last - first > MOST) return [];
    for (let point = first; point <= last; point += 1) points.push(point);
  }
  return points;
}
