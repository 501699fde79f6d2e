import { covers, intersect, nowhere as nobody, parseCidr } from "../../model/addresses.ts";
import type { Declaration, DeclaredEgress, DeclaredFlow } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { matchesDomain } from "../../model/network/egress/domain.ts";
import type { Passing } from "../layers/acl-space.ts";
import { shownName } from "../layers/firewall-space.ts";
import { CLOUDFRONT, INTERNET } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { everyService, service } from "../space/services.ts";
import { type Space, subtractSpaces } from "../space/space.ts";
import { type Declared, declaredOf, servicesOf } from "./declared.ts";
import { outgoing } from "./outgoing.ts";
import { possible } from "./possible.ts";

/** What is possible and not declared, or declared and not possible. */
export interface Difference {
  readonly kind: "undeclared" | "impossible";
  readonly from: Site | undefined;
  readonly to: Site | undefined;
  /** As the declaration calls it, or would: `ticketing/api -> ticketing/database`. */
  readonly ends: string;
  /** The packets that make the difference; none where a party is nowhere to be found. */
  readonly packets: Space;
  /** More to say of it: the server's name, the party that is not there. */
  readonly about: string | undefined;
}

/** All connections between sites, and how many pairs have some. */
export interface Compared {
  readonly differences: readonly Difference[];
  readonly pairs: number;
  readonly flows: number;
}

/** Compares what is possible with what is declared, over every ordered pair of sites. */
export function compare(estate: Estate, declaration: Declaration): Compared {
  const sites = sitesOf(estate, declaration);
  const declared = declaredOf(estate, declaration);
  const differences: Difference[] = [];
  let pairs = 0;
  for (const from of sites) {
    for (const to of sites) {
      if (isOneDomain(from, to)) continue;
      const passing = possible(estate, from, to);
      if (passing.most.length > 0) pairs += 1;
      const undeclared = undeclaredBetween(declared, from, to, passing);
      if (undeclared.length > 0) differences.push(difference("undeclared", from, to, undeclared));
      differences.push(...impossibleBetween(declared, from, to, passing));
    }
    differences.push(...servers(estate, declared, from, sites));
  }
  differences.push(...nowhere(declared, sites), ...lostHosts(declaration, declared));
  return { differences, pairs, flows: declared.flows.length + declared.egress.length };
}

/** Nodes and the pods on them: who has the one has the other. */
export const isOneDomain = (from: Site, to: Site): boolean =>
  from.interfaces.length > 0 && from.interfaces === to.interfaces && (from.kind === "nodes" || to.kind === "nodes");

const difference = (kind: Difference["kind"], from: Site, to: Site, packets: Space, about?: string): Difference => ({
  kind,
  from,
  to,
  packets,
  about,
  ends: `${from.party} -> ${to.party}`,
});

function undeclaredBetween(declared: Declared, from: Site, to: Site, { most }: Passing): Space {
  if (most.length === 0) return [];
  const left = subtractSpaces(most, declared.space(from, to));
  return left.length === 0 ? left : subtractSpaces(left, toItself(from, to));
}

/** What hosts of one site send to themselves meets no layer. */
const toItself = (from: Site, to: Site): Space =>
  from === to
    ? from.interfaces
        .filter(({ fixed }) => fixed)
        .map(({ addresses }) => ({ from: addresses, to: addresses, services: everyService }))
    : [];

function impossibleBetween(declared: Declared, from: Site, to: Site, { least }: Passing): readonly Difference[] {
  return flowsBetween(declared, from, to).flatMap((flow) => {
    const audience = from.kind === "outside" ? declared.range(flow.from) : from.addresses;
    const addresses = from.party === CLOUDFRONT ? from.addresses : intersect(audience, from.addresses);
    const wanted: Space = [{ from: addresses, to: to.addresses, services: servicesOf(flow) }];
    const missing = subtractSpaces(subtractSpaces(wanted, toItself(from, to)), least);
    // Beside a machine any of the addresses will do, and where nothing of ours stands between nothing can be wrong.
    const beside = to.kind === "link-local";
    if (beside && (from.hosts.length + from.pods.length === 0 || reaches(wanted, least))) return [];
    return missing.length === 0 ? [] : [{ ...difference("impossible", from, to, missing, flow.why), ends: flow.id }];
  });
}

const reaches = (wanted: Space, least: Space): boolean =>
  subtractSpaces(wanted, subtractSpaces(wanted, least)).length > 0;

/** Flows that are declared of these very sites: nodes do not stand in for their pods here. */
function flowsBetween(declared: Declared, from: Site, to: Site): readonly DeclaredFlow[] {
  if (from.party !== INTERNET) return declared.between(from.party, to.party);
  return [...declared.outside.keys()].flatMap((party) => declared.between(party, to.party));
}

/** Servers on the internet: names that are passed and not declared, declared and not passed; and any server at all. */
function servers(estate: Estate, declared: Declared, from: Site, sites: readonly Site[]): readonly Difference[] {
  const internet = sites.find(({ party }) => party === INTERNET);
  if (internet === undefined || from.kind === "outside" || from.kind === "link-local") return [];
  const own = declared.egress.filter((each) => each.from === from.party);
  const { named, free } = outgoing(estate, from, internet);
  const known = declared.egressFrom(from.addresses);
  const strange = named.filter(
    ({ domain }) => domain.match !== "exact" || !known.some((each) => each.domain.toLowerCase() === domain.name),
  );
  return [
    ...(free.most.length === 0
      ? []
      : [difference("undeclared", from, internet, free.most, "whatever the server is called")]),
    ...strange.map((each) =>
      difference("undeclared", from, internet, each.passing.most, `servers called ${shownName(each)}`),
    ),
    ...own.flatMap((each) => {
      const passing = named.filter(({ domain }) => matchesDomain(domain, each.domain));
      const least = [...free.least, ...passing.flatMap((one) => one.passing.least)];
      const missing = subtractSpaces(wantedBy(each, from, internet), least);
      return missing.length === 0
        ? []
        : [difference("impossible", from, internet, missing, `${each.domain}: ${each.why}`)];
    }),
  ];
}

const wantedBy = ({ port }: DeclaredEgress, from: Site, internet: Site): Space => [
  { from: from.addresses, to: internet.addresses, services: service("tcp", port) },
];

/** Flows with an end that no output has. */
function nowhere({ flows, outside, egress }: Declared, sites: readonly Site[]): readonly Difference[] {
  const parties = new Set([...sites.map(({ party }) => party), ...outside.keys()]);
  const missing = (party: string): readonly string[] => (parties.has(party) ? [] : [party]);
  const lost = [
    ...flows.map(({ id, from, to }) => ({ ends: id, gone: [...missing(from), ...missing(to)] })),
    ...egress.map(({ from, domain }) => ({ ends: `${from} -> ${domain}`, gone: missing(from) })),
  ];
  return lost
    .filter(({ gone }) => gone.length > 0)
    .map(({ ends, gone }) => ({
      ...{ kind: "impossible", from: undefined, to: undefined, packets: [], ends },
      about: `${[...new Set(gone)].join(" and ")} is nowhere in the outputs`,
    }));
}

/** Hosts that are declared and that no interface is at. */
const lostHosts = ({ services }: Declaration, declared: Declared): readonly Difference[] =>
  services.flatMap(({ name, components, stores }) =>
    [...components, ...stores].flatMap((part) =>
      part.hosts
        .filter(({ address }) => !covers(declared.range(`${name}/${part.name}`), parseCidr(address) ?? nobody))
        .map((host) => ({
          ...{ kind: "impossible" as const, from: undefined, to: undefined, packets: [] },
          ends: `${name}/${part.name}`,
          about: `${host.name} (${host.address}) is nowhere in the outputs`,
        })),
    ),
  );
