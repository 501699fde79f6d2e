import { type AddressSet, covers, parseCidr, union } from "../addresses.ts";
import type { Declaration } from "../declaration.ts";
import { type Variables, variablesIn } from "./variables.ts";

/** Lists of callers that bear what the catalogue declares: ranges of people, subnets of load balancers, names of hosts. */
export class Lists {
  readonly #variables: Variables;
  readonly #callers: Callers;

  constructor(variables: Variables, callers: Callers) {
    this.#variables = variables;
    this.#callers = callers;
  }

  /** Whether a variable is such a list, or made of one. */
  names(name: string, depth = 0): boolean {
    const maker = this.#variables.makerOf(name);
    if (maker === undefined || depth > 8) return false;
    const source = maker.words.length > 1 ? (maker.words[0] ?? "") : "";
    return this.own(name) || variablesIn(source).some((each) => this.names(each, depth + 1));
  }

  /** Whether it is one itself. */
  own(name: string): boolean {
    const maker = this.#variables.makerOf(name);
    const entries = (maker?.block ?? []).map((each) => each.name);
    if (maker?.name === "geo") return entries.some((each) => this.#isRange(each));
    return maker?.name === "map" && entries.some((each) => this.#isName(each));
  }

  #isRange(text: string): boolean {
    const range = parseCidr(text);
    return range !== undefined && covers(this.#callers.ranges, range);
  }

  /** `CN=a.example.org`, whatever of it is escaped for an expression. */
  #isName(text: string): boolean {
    const bare = text.replaceAll(/\[\.\]|\\([.-])/g, (_, escaped: string | undefined) => escaped ?? ".");
    return this.#callers.names.has(/CN=([\w.-]*\w)/.exec(bare)?.[1] ?? "");
  }
}

/** Who may call by what the catalogue declares. */
export interface Callers {
  /** Of clients, of people who administer, and of load balancers. */
  readonly ranges: AddressSet;
  /** Of hosts, and of pods: `api.resident-services`. */
  readonly names: ReadonlySet<string>;
}

/** The callers of an environment. */
export function callersOf({ ranges, subnets, services }: Declaration): Callers {
  const balancers = subnets.filter(({ tier }) => tier === "public").map(({ cidr }) => cidr);
  const cidrs = [...ranges.clients, ...ranges.admins, ...balancers];
  return {
    ranges: union(cidrs.flatMap((text) => parseCidr(text) ?? [])),
    names: new Set(
      services.flatMap(({ name, components, stores }) =>
        [...components, ...stores].flatMap((part) => [
          `${part.name}.${name}`,
          ...part.hosts.map(({ domain }) => domain),
        ]),
      ),
    ),
  };
}
