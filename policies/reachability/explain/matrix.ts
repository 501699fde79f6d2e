import type { Declaration, Party } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { declaredOf } from "../flows/declared.ts";
import { isOneDomain } from "../flows/differences.ts";
import { outgoing } from "../flows/outgoing.ts";
import { possible } from "../flows/possible.ts";
import { shownName } from "../layers/firewall-space.ts";
import { CLOUDFRONT, INTERNET } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { allOf, type Services, shownServices } from "../space/services.ts";
import { intersectSpaces, type Space } from "../space/space.ts";

/** One line of the matrix: who can talk to whom, and on what. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  /** `tcp 443, udp 53`. */
  readonly services: string;
  /** Names of servers, where a firewall lets the way to the internet pass for those only. */
  readonly servers: readonly string[];
}

/** Every possible connection between parties, the internet's audiences by name. */
export function matrix(estate: Estate, declaration: Declaration): readonly Connection[] {
  const sites = sitesOf(estate, declaration);
  const found = new Map<string, Line>();
  for (const from of sites) {
    for (const to of sites) {
      // What anybody on the internet may, CloudFront's servers may too.
      if (isOneDomain(from, to) || (from.party === CLOUDFRONT && to.isPublic)) continue;
      const names = to.party === INTERNET ? outgoing(estate, from, to).named.map(shownName) : [];
      for (const [party, space] of audiencesOf(estate, declaration, from, possible(estate, from, to).most)) {
        add(found, { from: party, to: to.party, services: servicesIn(space), servers: names });
      }
    }
  }
  return [...found.values()].map((each) => ({ ...each, services: shownServices(each.services, 30) }));
}

const servicesIn = (space: Space): Services => allOf(space.map(({ services }) => services));

function add(found: Map<string, Line>, line: Line): void {
  const key = `${line.from} ${line.to}`;
  const before = found.get(key);
  found.set(key, {
    ...line,
    services: allOf([before?.services ?? [], line.services]),
    servers: [...new Set([...(before?.servers ?? []), ...line.servers])],
  });
}

interface Line extends Omit<Connection, "services"> {
  readonly services: Services;
}

/** Of what comes from the internet, which of the declared audiences it comes from. */
function audiencesOf(
  estate: Estate,
  declaration: Declaration,
  from: Site,
  space: Space,
): readonly (readonly [Party, Space])[] {
  if (space.length === 0) return [];
  if (from.party !== INTERNET) return [[from.party, space]];
  const named = [...declaredOf(estate, declaration).outside].filter(([party]) => party !== INTERNET);
  const parts = named.map(
    ([party, addresses]) => [party, intersectSpaces(space, [{ ...whole(space), from: addresses }])] as const,
  );
  const known = parts.filter(([, part]) => part.length > 0);
  // What is open to more than the audiences is open to the internet.
  const wide = space.filter(({ from: addresses }) => addresses.v4.length > 6 || addresses.v6.length > 0);
  return [...(wide.length > 0 ? [[INTERNET, wide] as const] : []), ...(wide.length > 0 ? [] : known)];
}

const whole = (space: Space): Space[number] => ({
  from: { v4: [], v6: [] },
  to: { v4: [0, 2 ** 32 - 1], v6: [] },
  services: servicesIn(space),
});
