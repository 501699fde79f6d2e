import { parseCidr, same } from "../../model/addresses.ts";
import type { Declaration, DeclaredService, Party } from "../../model/declaration.ts";
import type { Interface } from "../../model/network/interfaces/interface.ts";
import { known } from "../../model/value.ts";
import { endpointParty } from "./platform.ts";

/** Finds whose an interface is: by what the declaration says of it, never by its groups. */
export type OwnerOf = (each: Interface) => Party | undefined;

/** Looks up the declared party of an interface; nothing where nobody declared it. */
export function ownersOf(declaration: Declaration): OwnerOf {
  const hosts = new Map<number, Party>();
  const balancers = new Map<string, Party>();
  for (const { name, components, stores, entrypoints } of declaration.services) {
    for (const part of [...components, ...stores]) {
      for (const { address } of part.hosts) hosts.set(parseCidr(address)?.v4[0] ?? -1, `${name}/${part.name}`);
    }
    for (const entry of entrypoints) balancers.set(entry.loadBalancer, `${name}/${entry.name}`);
  }
  const services = new Map(declaration.services.map((each) => [each.name, each]));
  return (each) => {
    switch (each.what) {
      case "instance":
        return each.fixed && isOne(each) ? hosts.get(each.addresses.v4[0] ?? -1) : undefined;
      case "load balancer":
        return balancers.get(known(each.name) ?? "");
      case "endpoint":
        return endpointParty(known(each.name) ?? "");
      case "cluster":
        return "platform/cluster";
      case "nodes":
        return services.has(known(each.name) ?? "") ? `${known(each.name)}/nodes` : undefined;
      case "database":
        return storeOf(services.get(each.at.stack ?? ""), "managed-postgres", each);
      case "files":
        return storeOf(services.get(each.at.stack ?? ""), "files", each);
      default:
        return undefined;
    }
  };
}

const isOne = ({ addresses: { v4, v6 } }: Interface): boolean =>
  v6.length === 0 && v4.length === 2 && same({ v4: [v4[0] ?? 0, v4[0] ?? 0], v6: [] }, { v4, v6 });

/** A store of a service's own state: the only one of its kind, or the one whose name ends like it. */
function storeOf(service: DeclaredService | undefined, kind: string, each: Interface): Party | undefined {
  const stores = service?.stores.filter((store) => store.kind === kind) ?? [];
  const names = [known(each.name), each.resource?.address].map((name) => name ?? "");
  const found =
    stores.length === 1 ? stores[0] : stores.find(({ name }) => names.some((each) => each.endsWith(`-${name}`)));
  return service === undefined || found === undefined ? undefined : `${service.name}/${found.name}`;
}
