import { type AddressSet, covers, isEmpty, nowhere, parseCidr, union } from "../../model/addresses.ts";
import {
  type Declaration,
  type DeclaredEgress,
  type DeclaredFlow,
  flowsOf,
  type Party,
} from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { audiences, CLOUDFRONT, INTERNET, internetAtMost } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { allOf, type Services, service } from "../space/services.ts";
import type { Space } from "../space/space.ts";

const NONE: readonly DeclaredFlow[] = [];

/** Declared flows by their ends, and where parties are. */
export class Declared {
  readonly flows: readonly DeclaredFlow[];
  readonly egress: readonly DeclaredEgress[];
  readonly #byEnds: ReadonlyMap<Party, ReadonlyMap<Party, readonly DeclaredFlow[]>>;
  readonly #byFrom: ReadonlyMap<Party, readonly DeclaredFlow[]>;
  readonly #byTo: ReadonlyMap<Party, readonly DeclaredFlow[]>;
  readonly #audiences: ReadonlyMap<Party, AddressSet>;
  readonly #ranges: ReadonlyMap<Party, AddressSet>;

  constructor(declaration: Declaration, sites: readonly Site[]) {
    // What a host says to itself leaves no interface.
    this.flows = flowsOf(declaration).filter(({ transport }) => transport !== "loopback");
    this.egress = declaration.services.flatMap(({ egress }) => egress);
    this.#byFrom = Map.groupBy(this.flows, ({ from }) => from);
    this.#byTo = Map.groupBy(this.flows, ({ to }) => to);
    this.#byEnds = new Map([...this.#byFrom].map(([from, own]) => [from, Map.groupBy(own, ({ to }) => to)]));
    this.#audiences = audiences(declaration);
    const ranges = new Map<Party, AddressSet>();
    for (const { party, addresses } of sites) ranges.set(party, union([ranges.get(party) ?? nowhere, addresses]));
    for (const [party, addresses] of this.#audiences) ranges.set(party, addresses);
    this.#ranges = ranges;
  }

  /** Where a party may be: its own addresses where they are fixed, else all of its subnets. */
  range(party: Party): AddressSet {
    return this.#ranges.get(party) ?? nowhere;
  }

  /** Flows to a party. */
  into(party: Party): readonly DeclaredFlow[] {
    return this.#byTo.get(party) ?? NONE;
  }

  /** Flows from a party. */
  outOf(party: Party): readonly DeclaredFlow[] {
    return this.#byFrom.get(party) ?? NONE;
  }

  /** Flows between a party and another. */
  between(from: Party, to: Party): readonly DeclaredFlow[] {
    return this.#byEnds.get(from)?.get(to) ?? NONE;
  }

  /** Flows from any party of a site to any party of another, the internet's audiences apart. */
  betweenSites(from: Site, to: Site): readonly DeclaredFlow[] {
    return partiesOf(from).flatMap((one) => partiesOf(to).flatMap((other) => this.between(one, other)));
  }

  /** Names of the internet's parts that the declaration knows, and their addresses. */
  get outside(): ReadonlyMap<Party, AddressSet> {
    return this.#audiences;
  }

  /** Packets from one site to another that are declared. */
  space(from: Site, to: Site): Space {
    if (to.party === INTERNET) return this.#toInternet(from);
    // Addresses of CloudFront are some of the internet's.
    const audience = from.kind === "outside" ? this.#fromOutside(to) : [];
    if (from.kind === "outside" && from.party !== CLOUDFRONT) return audience;
    const own: Space = this.betweenSites(from, to).map((flow) => ({
      from: from.addresses,
      to: to.addresses,
      services: servicesOf(flow),
    }));
    return [...own, ...audience];
  }

  #fromOutside(to: Site): Space {
    return [...this.#audiences].flatMap(([party, addresses]) =>
      partiesOf(to)
        .flatMap((own) => this.between(party, own))
        .map((flow) => ({ from: addresses, to: to.addresses, services: servicesOf(flow) })),
    );
  }

  #toInternet(from: Site): Space {
    return this.egressOf(from).map(({ port }) => ({
      from: from.addresses,
      to: internetAtMost,
      services: service("tcp", port),
    }));
  }

  /** Declared egress of a site: that of its parties. */
  egressOf(from: Site): readonly DeclaredEgress[] {
    const parties = partiesOf(from);
    return this.egress.filter((each) => parties.includes(each.from));
  }

  /** Declared egress of all who may send from some of these addresses. */
  egressFrom(addresses: AddressSet): readonly DeclaredEgress[] {
    return this.egress.filter(({ sources }) => {
      const all = union(sources.map((each) => parseCidr(each) ?? nowhere));
      return covers(all, addresses) && !isEmpty(addresses);
    });
  }
}

const KEY = {};

export const declaredOf = (estate: Estate, declaration: Declaration): Declared =>
  estate.once(KEY, () => new Declared(declaration, sitesOf(estate, declaration)));

/** Nodes stand for the pods on them too: whoever has the node has its pods. */
export const partiesOf = (site: Site): readonly Party[] => (site.shares.length > 0 ? site.shares : [site.party]);

export const servicesOf = ({ protocol, ports }: DeclaredFlow): Services =>
  allOf(ports.map((port) => service(protocol, port)));
