import type { Declaration, DeclaredFlow, Party } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { type Declared, declaredOf, partiesOf, servicesOf } from "../flows/declared.ts";
import { isOneDomain } from "../flows/differences.ts";
import { outgoing } from "../flows/outgoing.ts";
import { possible } from "../flows/possible.ts";
import { shownName } from "../layers/firewall-space.ts";
import { INTERNET } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { onlyPacket, type Packet, packetOf } from "../space/packet.ts";
import { service, servicesMeet } from "../space/services.ts";
import { intersectSpaces, type Space, subtractSpaces } from "../space/space.ts";
import { type ChainHop, chainOf } from "../transport/chain.ts";
import { explain } from "./explain.ts";
import type { LayerVerdict } from "./layer.ts";

/** May one party open a connection to another on a port? */
export interface Question {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

/** The answer, with a packet that shows it and what each layer does with that packet. */
export interface Answer {
  /** `some`: from some addresses, or for some of the clients' ports only. */
  readonly possible: "all" | "some" | "none";
  readonly declared: readonly Pick<DeclaredFlow, "id" | "why">[];
  /** Whether just what is possible is declared. */
  readonly agrees: boolean;
  /** Names of servers, where the way to the internet is for those only. */
  readonly servers: readonly string[];
  readonly packet: Packet | undefined;
  readonly layers: readonly LayerVerdict[];
  /** Where TLS begins and ends, hop by hop. */
  readonly hops: readonly ChainHop[];
}

/** Sites of a party; the internet's audiences are the internet's. */
export function sitesNamed(estate: Estate, declaration: Declaration, party: Party): readonly Site[] {
  const sites = sitesOf(estate, declaration);
  const own = sites.filter((site) => site.party === party);
  if (own.length > 0 || !declaredOf(estate, declaration).outside.has(party)) return own;
  return sites.filter((site) => site.party === INTERNET);
}

/** Parties that a question may be about. */
export const partyNames = (estate: Estate, declaration: Declaration): readonly Party[] =>
  [
    ...new Set([
      ...sitesOf(estate, declaration).map(({ party }) => party),
      ...declaredOf(estate, declaration).outside.keys(),
    ]),
  ].sort();

/** Answers a question for an environment. */
export function answer(estate: Estate, declaration: Declaration, question: Question): Answer {
  const declared = declaredOf(estate, declaration);
  const services = service(question.protocol, question.port);
  const asked = (from: Site, to: Site): Space =>
    intersectSpaces(
      [{ from: from.addresses, to: to.addresses, services }],
      [{ from: declared.range(question.from), to: declared.range(question.to), services }],
    );
  const pairs = sitesNamed(estate, declaration, question.from).flatMap((from) =>
    sitesNamed(estate, declaration, question.to).map((to) => ({ from, to, asked: asked(from, to) })),
  );
  const judged = pairs.map((pair) => ({ ...pair, ...bounds(estate, pair) }));
  const shown = judged.find(({ some }) => some.length > 0) ?? judged[0];
  const [first] = shown === undefined ? [] : [...shown.some, ...shown.asked];
  return {
    possible: extentOf(judged),
    agrees: judged.every((pair) => agreed(declared, question, pair)),
    declared: flowsFor(declared, question, judged),
    servers: shown?.to.party === INTERNET ? serversOf(estate, shown.from, shown.to, shown.asked) : [],
    packet: first === undefined ? undefined : packetOf([first]),
    hops: shown === undefined ? [] : chainOf(estate, shown, services[0] ?? 0, sitesOf(estate, declaration)),
    layers: shown === undefined || first === undefined ? [] : explain(estate, shown.from, shown.to, onlyPacket(first)),
  };
}

interface Pair {
  readonly from: Site;
  readonly to: Site;
  readonly asked: Space;
}

interface Bounds {
  readonly some: Space;
  readonly missing: Space;
}

function bounds(estate: Estate, { from, to, asked }: Pair): Bounds {
  // Of a node and the pods on it nothing of ours keeps one from the other.
  if (isOneDomain(from, to)) return { some: asked, missing: [] };
  const { most, least } = possible(estate, from, to);
  if (to.kind === "link-local") {
    // Beside a machine any of the addresses will do; where nothing of ours stands between, it always answers.
    const unhindered = from.hosts.length + from.pods.length === 0;
    const some = intersectSpaces(
      unhindered ? [{ from: from.addresses, to: to.addresses, services: to.answers ?? [] }] : most,
      asked,
    );
    return { some, missing: some.length > 0 ? [] : asked };
  }
  return { some: intersectSpaces(most, asked), missing: subtractSpaces(asked, least) };
}

function extentOf(judged: readonly Bounds[]): Answer["possible"] {
  if (judged.every(({ some }) => some.length === 0)) return "none";
  return judged.every(({ missing }) => missing.length === 0) ? "all" : "some";
}

function agreed(declared: Declared, question: Question, { from, to, some, missing }: Pair & Bounds): boolean {
  if (isOneDomain(from, to)) return true;
  if (subtractSpaces(some, declared.space(from, to)).length > 0) return false;
  const services = service(question.protocol, question.port);
  const own = declared.between(question.from, question.to);
  return missing.length === 0 || !own.some((flow) => servicesMeet(servicesOf(flow), services));
}

function flowsFor(declared: Declared, question: Question, pairs: readonly Pair[]): Answer["declared"] {
  const services = service(question.protocol, question.port);
  const parts = question.from === INTERNET ? [...declared.outside.keys()] : [];
  const froms = [
    question.from,
    ...parts,
    ...pairs.flatMap(({ from }) => (from.party === question.from ? partiesOf(from) : [])),
  ];
  const tos = [question.to, ...pairs.flatMap(({ to }) => partiesOf(to))];
  const flows = [...new Set(froms)].flatMap((from) => [...new Set(tos)].flatMap((to) => declared.between(from, to)));
  const egress = declared.egress.filter(({ from, port }) => froms.includes(from) && port === question.port);
  return [
    ...flows.filter((flow) => servicesMeet(servicesOf(flow), services)).map(({ id, why }) => ({ id, why })),
    ...(question.to === INTERNET && question.protocol === "tcp"
      ? egress.map(({ from, domain, port, why }) => ({ id: `${from}->${domain}:${port}`, why }))
      : []),
  ];
}

function serversOf(estate: Estate, from: Site, internet: Site, asked: Space): readonly string[] {
  const { named } = outgoing(estate, from, internet);
  const own = named.filter(({ passing }) => intersectSpaces(passing.most, asked).length > 0);
  return [...new Set(own.map(shownName))];
}
