import { ownersOf } from "../../reachability/parties/owners.ts";
import type { Pod } from "../cluster/pod.ts";
import { pods } from "../cluster/pods.ts";
import type { Declaration, Party } from "../declaration.ts";
import type { Estate } from "../estate.ts";
import type { Interface } from "../network/interfaces/interface.ts";
import { interfaces } from "../network/interfaces.ts";

/** What of the outputs a party of the declaration is: its interfaces, and its pods where it runs as such. */
export interface Ends {
  readonly interfaces: readonly Interface[];
  readonly pods: readonly Pod[];
}

const ENDS = {};
const NAME = "app.kubernetes.io/name";

/** What a party is, by name: `ticketing/api`, `desktop-backend/edge`. Pods share the interfaces of their nodes. */
export const endsOf = (estate: Estate, declaration: Declaration, party: Party): Ends => {
  const { interfacesOf, podsOf } = estate.once(ENDS, () => {
    const ownerOf = ownersOf(declaration);
    return {
      interfacesOf: Map.groupBy(estate.of(interfaces), (each) => ownerOf(each) ?? ""),
      podsOf: Map.groupBy(estate.of(pods), ({ namespace, labels }) => `${namespace}/${labels.get(NAME) ?? ""}`),
    };
  });
  const own = podsOf.get(party) ?? [];
  const [service = ""] = party.split("/");
  return { interfaces: interfacesOf.get(own.length > 0 ? `${service}/nodes` : party) ?? [], pods: own };
};
