import { everywhere } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { AclEntry } from "../../model/network/acl-entries.ts";
import type { NetworkAcl } from "../../model/network/acls.ts";
import type { Direction } from "../../model/network/group-rules.ts";
import type { Subnet } from "../../model/network/subnets.ts";
import { isUnknown, known } from "../../model/value.ts";
import { aclSide, answered } from "../layers/acl-space.ts";
import { servicesOf } from "../layers/group-space.ts";
import { ephemeral, protocolAndPort } from "../space/services.ts";
import { type Box, box, intersectSpaces } from "../space/space.ts";
import { type LayerVerdict, layer } from "./layer.ts";

/** The entry that decides on a packet. */
function entryFor(acl: NetworkAcl | undefined, direction: Direction, packet: Box): AclEntry | undefined {
  return acl?.entries.find((entry) => {
    const addresses = known(entry.addresses) ?? everywhere;
    const services = servicesOf(entry.protocol, entry.ports);
    const own = box(direction === "ingress" ? { from: addresses, services } : { to: addresses, services });
    return entry.direction === direction && intersectSpaces([own], [packet]).length > 0;
  });
}

const shown = ({ at, path, number, allows }: AclEntry): string =>
  `${isUnknown(allows) || allows ? "allowed" : "denied"} by entry ${String(number)} of ${at.resource}${path === "" ? "" : ` (${path})`}`;

/** One ACL, one direction. */
export function aclLayer(subnet: Subnet, direction: Direction, packet: Box, what: string): LayerVerdict {
  const name = `network ACL ${direction === "egress" ? "out of" : "into"} ${subnet.at.resource}, ${what}`;
  const entry = entryFor(subnet.acl, direction, packet);
  if (subnet.acl === undefined) return layer(name, ["no ACL is among the outputs"], "");
  if (entry === undefined) return layer(name, [], "no entry allows it");
  return isUnknown(entry.allows) || entry.allows ? layer(name, [shown(entry)], "") : layer(name, [], shown(entry));
}

/** ACLs between two subnets: the packet on its way there, and replies to any port that a client may use. */
export function aclLayers(estate: Estate, from: Subnet, to: Subnet, packet: Box): readonly LayerVerdict[] {
  if (from === to) return [layer("network ACLs", [`${from.at.resource}: none is asked within a subnet`], "")];
  return [
    aclLayer(from, "egress", packet, "on the way there"),
    aclLayer(to, "ingress", packet, "on the way there"),
    ...repliesOf(packet).flatMap((reply) => [
      aclLayer(to, "egress", reply, "replies"),
      aclLayer(from, "ingress", reply, "replies"),
    ]),
    wholeRange(estate, from, to, packet),
  ];
}

/** A reply of TCP to the last of the ports that a client may use. */
export function repliesOf({ from, to, services }: Box): readonly Box[] {
  const { protocol } = protocolAndPort(services[0] ?? 0);
  const last = ephemeral(protocol)[1] ?? 0;
  return protocol === 6 ? [{ from: to, to: from, services: [last, last] }] : [];
}

/** Whether replies pass to every port that a client may use. */
function wholeRange(estate: Estate, from: Subnet, to: Subnet, packet: Box): LayerVerdict {
  const both = answered(
    { most: [packet], least: [packet] },
    {
      most: intersectSpaces(aclSide(estate, to.acl, "egress").most, aclSide(estate, from.acl, "ingress").most),
      least: intersectSpaces(aclSide(estate, to.acl, "egress").least, aclSide(estate, from.acl, "ingress").least),
    },
  );
  const name = "replies to all ephemeral ports (1024-65535)";
  return layer(name, both.least.length > 0 ? ["all pass"] : [], "some are dropped");
}
