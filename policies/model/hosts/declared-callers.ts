import { type AddressSet, nowhere, parseCidr, union } from "../addresses.ts";
import { type Declaration, flowsOf, type Party } from "../declaration.ts";
import type { Estate, Host } from "../estate.ts";
import { declarationOf } from "./declared-host.ts";

const LOOPBACK = ["127.0.0.0/8", "::1"];

/**
 * Addresses of all who are declared to call a port of a host: of its own part, of others', and of itself. Nothing where it
 * is not declared, or where one of them is on no host of its own and no subnets of its service are declared.
 */
export function declaredCallers(estate: Estate, host: Host, port: number): AddressSet | undefined {
  const { declaration } = estate;
  const own = declarationOf(estate, host);
  if (declaration === undefined || own === undefined) return undefined;
  const callers = flowsOf(declaration).filter(({ to, ports }) => to === own.party && ports.includes(port));
  const addresses = [own.party, ...callers.map(({ from }) => from)].map((party) => addressesOf(declaration, party));
  if (addresses.some((each) => each.length === 0)) return undefined;
  return union([...LOOPBACK, ...addresses.flat()].map((each) => parseCidr(each) ?? nowhere));
}

/** Of a part on hosts those of its hosts; one on pods has any of its service's subnets, for pods come and go. */
function addressesOf({ services, subnets }: Declaration, party: Party): readonly string[] {
  for (const { name, components, stores } of services) {
    const part = [...components, ...stores].find((each) => party === `${name}/${each.name}`);
    if (part === undefined) continue;
    return part.hosts.length > 0
      ? part.hosts.map(({ address }) => address)
      : subnets.filter(({ service }) => service === name).map(({ cidr }) => cidr);
  }
  return [];
}
