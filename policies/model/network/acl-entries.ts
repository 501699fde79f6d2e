import type { AddressSet } from "../addresses.ts";
import { type Place, placeOfResource } from "../place.ts";
import { allPorts, type PortSet } from "../ports.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { addressesOf } from "./cidr-texts.ts";
import { type Direction, portsBetween } from "./group-rules.ts";
import { hasPorts, type Protocol, protocolOf } from "./protocol.ts";

/** One entry of a network ACL. The first that matches decides, in the order of their numbers. */
export interface AclEntry {
  /** The resource that says it: the ACL, or a rule of its own. */
  readonly at: Place;
  /** Where in it: `ingress[0]`; of a rule of its own the attribute that names the addresses: `cidr_block`. */
  readonly path: string;
  readonly direction: Direction;
  readonly number: Value<number>;
  /** Whether it allows; otherwise it denies. */
  readonly allows: Value<boolean>;
  readonly protocol: Value<Protocol>;
  /** Of TCP, UDP and SCTP; of others all. */
  readonly ports: Value<PortSet>;
  readonly addresses: Value<AddressSet>;
}

/** Entries that stand in an ACL itself. */
export function inlineEntries(acl: Resource): readonly AclEntry[] {
  const at = placeOfResource(acl);
  return (["ingress", "egress"] as const).flatMap((direction) =>
    acl.block.blocks(direction).map((block, index) => {
      const cidrs = [block.text("cidr_block"), block.text("ipv6_cidr_block")];
      const said = { number: block.number("rule_no"), action: block.text("action"), cidrs };
      return entryOf(block, { at, path: `${direction}[${index}]`, direction }, said);
    }),
  );
}

/** The entry that is a resource of its own: `aws_network_acl_rule`. */
export function separateEntry(resource: Resource): AclEntry {
  const { block } = resource;
  const egress = block.flag("egress");
  const direction = egress === true ? "egress" : "ingress";
  const cidrs = [block.text("cidr_block"), block.text("ipv6_cidr_block")];
  const said = { number: block.number("rule_number"), action: block.text("rule_action"), cidrs };
  const path = block.has("ipv6_cidr_block") ? "ipv6_cidr_block" : "cidr_block";
  return entryOf(block, { at: placeOfResource(resource), path, direction }, said);
}

interface Said {
  readonly number: Value<number> | undefined;
  readonly action: Value<string> | undefined;
  readonly cidrs: readonly (Value<string> | undefined)[];
}

function entryOf(block: Block, where: Pick<AclEntry, "at" | "path" | "direction">, said: Said): AclEntry {
  const protocol = protocolOf(block.text("protocol"));
  const { addresses, unknown } = addressesOf(said.cidrs);
  const ported = isUnknown(protocol) || (protocol !== "all" && hasPorts(protocol));
  const { action } = said;
  return {
    ...where,
    number: said.number ?? new Unknown("no number"),
    allows: isUnknown(action) ? action : action?.toLowerCase() !== "deny",
    protocol,
    ports: ported ? portsBetween(block.number("from_port"), block.number("to_port")) : allPorts,
    addresses: unknown[0] ?? addresses,
  };
}
