import { objection, rule } from "../../engine/rule.ts";
import { publicRanges } from "../../model/address-space.ts";
import { covers, intersect, overlaps, shownAddresses, union } from "../../model/addresses.ts";
import type { AclEntry } from "../../model/network/acl-entries.ts";
import { admitted, type NetworkAcl, networkAcls } from "../../model/network/acls.ts";
import { administrativePorts } from "../../model/network/administrative-ports.ts";
import { type Protocol, shownProtocol } from "../../model/network/protocol.ts";
import { isMoreThanASite } from "../../model/network/widths.ts";
import { coversPorts, hasPort, type PortSet, portsOf, shownPorts } from "../../model/ports.ts";
import { isUnknown } from "../../model/value.ts";

/** The border of a subnet refuses what no security group should have let in either. */
export const networkAclAdmitsNoAdministration = rule({
  id: "FW-014",
  slug: "network-acl-admits-no-administration",
  severity: "high",
  title: "No network ACL lets the internet in to a port of administration or data",
  why: "It is the second line: it holds when somebody opens a security group by mistake, if it does not let everything in itself.",
  fix: "Allow the ports of entrypoints, and from 1024 up what replies need; deny the rest.",
  appliesTo: networkAcls,
  requirements: [],
  // A default ACL has a rule of its own.
  concerns: ({ isDefault }) => !isDefault,
  check: (acl) =>
    (acl.entries.some(isPublic) ? administrativePorts : []).flatMap(([protocol, ports]) => {
      const open = judgedPorts(acl, ports).filter((port) => isOpen(acl, protocol, port));
      if (open.length === 0) return [];
      const from = union(open.map((port) => intersect(admitted(acl, "ingress", protocol, port), publicRanges)));
      const deciding = acl.entries.filter(
        (each) => each.direction === "ingress" && open.some((port) => admits(each, port)),
      );
      const unknown = deciding.flatMap(unknownsOf)[0];
      const got = `${shownProtocol(protocol)} ${shownPorts(portsOf(...open))} from ${shownAddresses(from)}`;
      return [objection(deciding[0]?.path ?? "ingress", unknown ?? got, EXPECTED, deciding[0]?.at ?? acl.at)];
    }),
});

const EXPECTED = "nobody on the internet, but in a range that replies to connections from inside need";

/** Whether an entry lets the internet in to anything, or may. */
const isPublic = ({ direction, allows, addresses }: AclEntry): boolean =>
  direction === "ingress" && allows !== false && (isUnknown(addresses) || overlaps(addresses, publicRanges));

/** One port for each stretch of ports that entries treat alike. */
function judgedPorts({ entries }: NetworkAcl, ports: PortSet): readonly number[] {
  const cuts = entries.flatMap((each) => (isUnknown(each.ports) ? [] : each.ports.map((port, at) => port + (at % 2))));
  const starts = ports.filter((_, at) => at % 2 === 0);
  return [...new Set([...starts, ...cuts.filter((port) => hasPort(ports, port))])].sort((a, b) => a - b);
}

function isOpen(acl: NetworkAcl, protocol: Protocol, port: number): boolean {
  const from = intersect(admitted(acl, "ingress", protocol, port), publicRanges);
  if (!isMoreThanASite(from)) return false;
  // Replies come to any port from 1024 up, from wherever the connection went.
  const isReply = (each: AclEntry): boolean =>
    each.direction === "ingress" &&
    !isUnknown(each.ports) &&
    !isUnknown(each.addresses) &&
    each.allows === true &&
    coversPorts(each.ports, [Math.min(port, 32_768), LAST_CLIENT_PORT]) &&
    covers(each.addresses, from);
  return port < 1024 || !acl.entries.some(isReply);
}

/** The last port that Linux takes for outgoing connections, by default. */
const LAST_CLIENT_PORT = 60_999;

const admits = ({ ports, allows }: AclEntry, port: number): boolean =>
  allows !== false && (isUnknown(ports) || hasPort(ports, port));

const unknownsOf = ({ ports, addresses, allows, protocol }: AclEntry) =>
  [ports, addresses, allows, protocol].filter(isUnknown);
