import { type Objection, objection, rule } from "../../engine/rule.ts";
import { crossingFlows } from "../../model/contract/flows.ts";
import { opens } from "../../model/contract/groups.ts";
import { admits } from "../../model/contract/openings.ts";
import { type Ends, endsOf } from "../../model/contract/parties.ts";
import type { DeclaredFlow, Party } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { SecurityGroup } from "../../model/network/groups.ts";

/** Beyond the network: nobody's interface. */
const OUTSIDE = /^outside\//;
const PROTOCOLS = { tcp: 6, udp: 17 } as const;

/** One port in the catalogue, and the same in each firewall on the way. */
export const declaredFlowHasItsPortEverywhere = rule({
  id: "ONE-005",
  slug: "declared-flow-has-its-port-everywhere",
  severity: "high",
  title: "The port of a declared flow is open in the security groups and NetworkPolicies of both of its ends",
  why: "A port that differs in one of four places is a flow that does not work, found at the next release, by its users.",
  fix: "Let the port come from the flow alone: connect() writes both security groups, the chart both NetworkPolicies.",
  appliesTo: crossingFlows,
  requirements: ["BRK-3.1", "BRK-14.1"],
  needsDeclaration: true,
  check: ({ flow }, estate) => [
    ...endOf(estate, flow, flow.from, "egress"),
    ...endOf(estate, flow, flow.to, "ingress"),
  ],
});

function endOf(
  estate: Estate,
  flow: DeclaredFlow,
  party: Party,
  direction: "ingress" | "egress",
): readonly Objection[] {
  if (estate.declaration === undefined || OUTSIDE.test(party)) return [];
  const ends = endsOf(estate, estate.declaration, party);
  const verb = direction === "egress" ? "lets out" : "lets in";
  if (ends.interfaces.length + ends.pods.length === 0)
    return [objection(`${party} ${direction}`, "nothing of it in the outputs", "an interface or a pod")];
  return flow.ports.flatMap((port) =>
    closedAt(estate, ends, direction, port, flow.protocol).map(({ at, what }) =>
      objection(
        `${flow.protocol} ${port} ${direction}`,
        `no ${what} of ${party} ${verb} ${flow.protocol} ${port}`,
        `${flow.id}, as declared`,
        at,
      ),
    ),
  );
}

function closedAt(
  estate: Estate,
  { interfaces, pods }: Ends,
  direction: "ingress" | "egress",
  port: number,
  name: DeclaredFlow["protocol"],
) {
  const protocol = PROTOCOLS[name];
  // Interfaces of one party have the same few groups.
  const known = new Map<SecurityGroup, boolean>();
  const isOpen = (group: SecurityGroup): boolean => {
    const found = known.get(group) ?? opens(estate, group, { direction, protocol, port });
    known.set(group, found);
    return found;
  };
  return [
    ...interfaces
      .filter(({ groups }) => groups.length > 0 && !groups.some(isOpen))
      .map(({ at }) => ({ at, what: "security group" })),
    ...pods
      .filter((pod) => !admits(estate, pod, direction, port, protocol))
      .map(({ at }) => ({ at, what: "NetworkPolicy" })),
  ];
}
