import { type AddressSet, nowhere, parseCidr, union } from "../addresses.ts";
import { type DeclaredPart, flowsOf } from "../declaration.ts";
import type { Estate, Host } from "../estate.ts";
import { declarationOf } from "./declared-host.ts";

const LOOPBACK = ["127.0.0.0/8", "::1"];

/**
 * Addresses of all who are declared to call a port of a host: of its own part, of others', and of itself. Nothing where it
 * is not declared, or where one of them is on no host of its own, as pods are.
 */
export function declaredCallers(estate: Estate, host: Host, port: number): AddressSet | undefined {
  const { declaration } = estate;
  const own = declarationOf(estate, host);
  if (declaration === undefined || own === undefined) return undefined;
  const callers = flowsOf(declaration).filter(({ to, ports }) => to === own.party && ports.includes(port));
  const parts = new Map<string, DeclaredPart>(
    declaration.services.flatMap((service) =>
      [...service.components, ...service.stores].map((part) => [`${service.name}/${part.name}`, part] as const),
    ),
  );
  const hosts = [own.party, ...callers.map(({ from }) => from)].map((party) => parts.get(party)?.hosts ?? []);
  if (hosts.some((each) => each.length === 0)) return undefined;
  const addresses = [...LOOPBACK, ...hosts.flat().map(({ address }) => address)];
  return union(addresses.map((each) => parseCidr(each) ?? nowhere));
}
