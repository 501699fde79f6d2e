import { type AddressSet, everywhere, nowhere, parseCidr, union } from "../addresses.ts";
import { type Declaration, flowsOf } from "../declaration.ts";
import type { Estate } from "../estate.ts";
import { type PortSet, portsOf } from "../ports.ts";
import { isUnknown } from "../value.ts";
import type { Interface } from "./interfaces/interface.ts";
import { CLOUDFRONT } from "./prefix-lists.ts";
import { type Protocol, TCP, UDP } from "./protocol.ts";

/** What the declaration lets in from outside. */
export interface DeclaredOpening {
  readonly protocol: Protocol;
  readonly ports: PortSet;
  readonly addresses: AddressSet;
  /** Lists of AWS whose addresses may come in too. */
  readonly services: readonly string[];
}

const key = {};

/** What is declared to come in from outside, by the name of the load balancer that it comes to. */
export const declaredOpenings = (estate: Estate): ReadonlyMap<string, readonly DeclaredOpening[]> =>
  estate.once(key, () => {
    const { declaration } = estate;
    if (declaration === undefined) return new Map();
    const flows = Map.groupBy(flowsOf(declaration), ({ to }) => to);
    const entries = declaration.services.flatMap((service) =>
      service.entrypoints.map((entry) => {
        const own = (flows.get(`${service.name}/${entry.name}`) ?? []).filter(({ from }) =>
          from.startsWith("outside/"),
        );
        return [entry.loadBalancer, own] as const;
      }),
    );
    return new Map(
      entries.map(([name, own]) => [
        name,
        own.map(({ from, protocol, ports }) => ({
          protocol: protocol === "tcp" ? TCP : UDP,
          ports: portsOf(...ports),
          ...audience(declaration, from),
        })),
      ]),
    );
  });

/** Who `outside/clients` is. */
function audience({ ranges }: Declaration, from: string): Pick<DeclaredOpening, "addresses" | "services"> {
  switch (from) {
    case "outside/internet":
      return { addresses: everywhere, services: [CLOUDFRONT] };
    case "outside/cloudfront":
      return { addresses: nowhere, services: [CLOUDFRONT] };
    case "outside/clients":
      return { addresses: rangesOf(ranges.clients), services: [] };
    case "outside/admins":
      return { addresses: rangesOf(ranges.admins), services: [] };
    default:
      return { addresses: nowhere, services: [] };
  }
}

const rangesOf = (cidrs: readonly string[]): AddressSet => union(cidrs.map((each) => parseCidr(each) ?? nowhere));

/** What is declared to come in to an interface: something to a load balancer that an entrypoint has, nothing to others. */
export function declaredFor(estate: Estate, { what, name }: Interface): readonly DeclaredOpening[] {
  if (what !== "load balancer" || name === undefined || isUnknown(name)) return [];
  return declaredOpenings(estate).get(name) ?? [];
}
