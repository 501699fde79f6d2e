import { connect, type Flow, type Peer } from "../../constructs/network/connect.ts";
import type { ResolvedFlow } from "../../services/resolve.ts";
import { named } from "../outputs.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { crossesNetwork } from "../service/connections.ts";

/**
 * Writes the rules of the cluster's own flows. EKS gives its group two more, "all among its members" and "all outwards":
 * the first it would make again; the second opens nothing, for whatever is reached must let the group in.
 */
export function connectCluster(
  stack: PlatformStack,
  flows: readonly ResolvedFlow[],
  groupIds: Readonly<Record<string, string>>,
): void {
  const peer = (party: string): Peer => ({
    kind: "group",
    name: party.slice(party.indexOf("/") + 1),
    id: named(groupIds, party),
  });
  connect(
    stack,
    flows
      .filter(crossesNetwork)
      .map(({ from, to, port, protocol, why }): Flow => ({ from: peer(from), to: peer(to), port, protocol, why })),
  );
}
