import { connect, type Flow, type Peer } from "../../constructs/network/connect.ts";
import { SecurityGroup } from "../../constructs/network/security-group.ts";
import { resourceName } from "../../services/names.ts";
import { type ResolvedFlow, workloads } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { endpointParties } from "../endpoint-parties.ts";
import type { ServiceContext } from "./context.ts";

/** Security groups of a service, by party: `ticketing/api`. */
export type Groups = ReadonlyMap<string, SecurityGroup>;

/** One security group for each part of the service that has an address of its own. */
export function securityGroups({ stack, resolved, network }: ServiceContext): Groups {
  const { service, environment } = resolved;
  const stores = service.stores.filter(({ kind }) => kind !== "objects" && !kind.startsWith("local-"));
  const parts = [...service.entrypoints, ...service.components.filter(({ kind }) => kind === "hosts"), ...stores];
  const group = (name: string) =>
    new SecurityGroup(stack, name, {
      vpcId: network.vpcId,
      name,
      awsName: resourceName(environment, service.code, name),
      // A changed description would replace the group: it says nothing that may change.
      description: `${service.name}/${name}`,
    });
  const own = parts.map(({ name }): [string, SecurityGroup] => [`${service.name}/${name}`, group(name)]);
  const onNodes = workloads(service);
  if (onNodes.length === 0) return new Map(own);
  // Pods of a service share the nodes of their pool, and with them one group: who among them talks to whom is for
  // network policies to say.
  const nodes = group("nodes");
  return new Map([
    ...own,
    ...[{ name: "nodes" }, ...onNodes].map(({ name }): [string, SecurityGroup] => [`${service.name}/${name}`, nodes]),
  ]);
}

/** Writes the rules that make exactly the declared flows possible; the rules of both ends stand in this stack. */
export function connectFlows(context: ServiceContext, groups: Groups): void {
  const { flows, egress } = context.resolved;
  const peers = (party: string) => peersOf(context, groups, party);
  const pairs = (from: string, to: readonly Peer[], rest: Pick<Flow, "port" | "protocol" | "why">) =>
    peers(from).flatMap((source) => to.map((target): Flow => ({ from: source, to: target, ...rest })));
  connect(context.stack, [
    ...flows
      .filter(crossesNetwork)
      .flatMap(({ from, to, port, protocol, why }) => pairs(from, peers(to), { port, protocol, why })),
    // A security group knows addresses only; which names lie behind them is the network firewall's to judge.
    ...egress.flatMap(({ from, domain, port }) =>
      pairs(from, ranges("internet", ["0.0.0.0/0"]), { port, why: domain }),
    ),
  ]);
}

/** Loopback never leaves a host, and no security group sees what the hypervisor answers. */
export const crossesNetwork = ({ transport }: ResolvedFlow): boolean =>
  transport !== "loopback" && transport !== "link-local";

/** A party's security group, of this stack or an earlier one, or the ranges of an outsider. */
function peersOf({ resolved, network, earlierGroups }: ServiceContext, groups: Groups, party: string): readonly Peer[] {
  const [owner, name = ""] = party.split("/");
  if (owner === "outside") return outsiders(resolved.environment, name);
  const own = groups.get(party);
  if (own !== undefined) return [own];
  const id = { ...endpointParties(network.endpointGroupIds), ...earlierGroups }[party];
  if (id === undefined) throw new Error(`${party}: no security group stands for it`);
  return [{ kind: "group", name, id }];
}

function outsiders({ ranges: known, cloudFrontPrefixList }: Environment, audience: string): readonly Peer[] {
  switch (audience) {
    case "internet":
      return ranges(audience, ["0.0.0.0/0"]);
    case "clients":
    case "admins":
      return ranges(audience, known[audience]);
    case "cloudfront":
      return [{ kind: "prefixList", name: audience, id: cloudFrontPrefixList }];
    default:
      throw new Error(`outside/${audience}: no range is known for it`);
  }
}

const ranges = (name: string, cidrs: readonly string[]): readonly Peer[] =>
  cidrs.map((cidr, index) => ({ kind: "range", name: index === 0 ? name : `${name}-${index + 1}`, cidr }));
