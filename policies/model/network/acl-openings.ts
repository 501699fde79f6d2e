import { publicRanges } from "../address-space.ts";
import { type AddressSet, covers, intersect, overlaps, union } from "../addresses.ts";
import { coversPorts, hasPort, type PortSet } from "../ports.ts";
import { isUnknown, type Unknown } from "../value.ts";
import type { AclEntry } from "./acl-entries.ts";
import { admitted, type NetworkAcl } from "./acls.ts";
import type { Protocol } from "./protocol.ts";
import { isMoreThanASite } from "./widths.ts";

/** Ports that a network ACL lets the internet in to. */
export interface AclOpening {
  /** One of each stretch that entries treat alike. */
  readonly open: readonly number[];
  readonly from: AddressSet;
  /** The first entry that takes part. */
  readonly deciding: AclEntry | undefined;
  /** What of it outputs do not show. */
  readonly unknown: Unknown | undefined;
}

/** What an ACL lets in from the internet on some ports; nothing where it is no more than a site, or replies. */
export function aclOpening(acl: NetworkAcl, protocol: Protocol, ports: PortSet): AclOpening | undefined {
  if (!acl.entries.some(isPublic)) return undefined;
  const open = judgedPorts(acl, ports).filter((port) => isOpen(acl, protocol, port));
  if (open.length === 0) return undefined;
  const deciding = acl.entries.filter(
    (each) => each.direction === "ingress" && open.some((port) => admits(each, port)),
  );
  return {
    open,
    from: union(open.map((port) => intersect(admitted(acl, "ingress", protocol, port), publicRanges))),
    deciding: deciding[0],
    unknown: deciding.flatMap(unknownsOf)[0],
  };
}

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
