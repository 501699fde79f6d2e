import { type AddressSet, everywhere, intersect, isEmpty, nowhere, subtract, union } from "../addresses.ts";
import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { allPorts, hasPort } from "../ports.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known } from "../value.ts";
import { type AclEntry, inlineEntries, separateEntry } from "./acl-entries.ts";
import { VPCS } from "./group-key.ts";
import type { Direction } from "./group-rules.ts";
import { includesProtocol, type Protocol } from "./protocol.ts";

/** A network ACL: what passes the border of its subnets, each way on its own. What no entry decides is denied. */
export interface NetworkAcl {
  readonly at: Place;
  /** The resource that manages it; nothing for a default ACL that nobody does. */
  readonly resource: Resource | undefined;
  readonly isDefault: boolean;
  readonly vpc: Resource | undefined;
  /** In order of their numbers; one of an unknown number first, since it may be. */
  readonly entries: readonly AclEntry[];
}

const ACLS = ["aws_network_acl", "aws_default_network_acl"];

/** Every network ACL, the default ones of VPCs too. */
export const networkAcls = kind<NetworkAcl>("network ACL", ({ terraform }) => {
  const separate = Map.groupBy(terraform.ofType("aws_network_acl_rule"), ({ block }) =>
    aclNamed(terraform.find(block.text("network_acl_id")), terraform.ofType("aws_default_network_acl")),
  );
  const own = terraform.ofType(...ACLS).map((resource): NetworkAcl => {
    const entries = [...inlineEntries(resource), ...(separate.get(resource) ?? []).map(separateEntry)];
    return {
      at: placeOfResource(resource),
      resource,
      isDefault: resource.type === "aws_default_network_acl",
      vpc: terraform.find(resource.block.text("vpc_id") ?? resource.block.text("default_network_acl_id"), ...VPCS),
      entries: entries.sort((a, b) => (known(a.number) ?? 0) - (known(b.number) ?? 0)),
    };
  });
  const managed = new Set(own.filter(({ isDefault }) => isDefault).map(({ vpc }) => vpc));
  const unmanaged = terraform.ofType(...VPCS).filter((vpc) => !managed.has(vpc));
  return [
    ...own,
    ...elsewhere(terraform.ofType("aws_network_acl_rule")),
    ...unmanaged.map((vpc): NetworkAcl => {
      const at = placeOfResource(vpc);
      // Amazon VPC user guide, "Default network ACL": all traffic, each way. Rules may be added to it.
      const entries = [
        openEntry(at, "ingress"),
        openEntry(at, "egress"),
        ...(separate.get(vpc) ?? []).map(separateEntry),
      ];
      return { at, resource: undefined, isDefault: true, vpc, entries };
    }),
  ];
});

/** ACLs of elsewhere, of which only the rules that are added here are known. */
function elsewhere(rules: readonly Resource[]): readonly NetworkAcl[] {
  const foreign = rules.filter(({ block }) => block.scope.graph.find(block.text("network_acl_id")) === undefined);
  const byAcl = Map.groupBy(foreign, ({ block }) => String(block.text("network_acl_id")));
  return [...byAcl.values()].flatMap((own) => {
    const [first] = own;
    const entries = own.map(separateEntry).sort((a, b) => (known(a.number) ?? 0) - (known(b.number) ?? 0));
    return first === undefined
      ? []
      : [{ at: placeOfResource(first), resource: undefined, isDefault: false, vpc: undefined, entries }];
  });
}

/** The ACL that a rule names: a default one may be named by its VPC too, and is then known by its own resource if it has one. */
function aclNamed(named: Resource | undefined, defaults: readonly Resource[]): Resource | undefined {
  if (named === undefined || !VPCS.includes(named.type)) return named;
  const graph = named.block.scope.graph;
  const own = defaults.find(
    ({ block }) => graph.find(block.text("vpc_id") ?? block.text("default_network_acl_id"), ...VPCS) === named,
  );
  return own ?? named;
}

const openEntry = (at: Place, direction: Direction): AclEntry => ({
  ...{ at, path: direction, direction, number: 100, allows: true, protocol: "all", ports: allPorts },
  addresses: everywhere,
});

const byResource = {};

/** ACLs by the resource that manages them, or the VPC whose default they are. */
export const aclsByResource = (estate: Estate): ReadonlyMap<Resource | undefined, NetworkAcl> =>
  estate.once(
    byResource,
    () =>
      new Map(
        estate
          .of(networkAcls)
          .flatMap((acl) =>
            [acl.resource ?? acl.vpc, ...(acl.isDefault ? [acl.vpc] : [])].map((key) => [key, acl] as const),
          )
          // One of elsewhere is of no subnet that is known.
          .filter(([key]) => key !== undefined),
      ),
  );

/**
 * The addresses that an ACL lets through on one port, by its entries in order. `most`: what is unknown allows everything
 * and denies nothing; `least`: the other way round.
 */
export function admitted(
  { entries }: Pick<NetworkAcl, "entries">,
  direction: Direction,
  protocol: Protocol,
  port: number,
  bound: "most" | "least" = "most",
): AddressSet {
  let left: AddressSet = everywhere;
  const found: AddressSet[] = [];
  for (const entry of entries) {
    if (entry.direction !== direction || isEmpty(left)) continue;
    const addresses = matched(entry, protocol, port, bound);
    if (isEmpty(addresses)) continue;
    if (allowed(entry, bound)) found.push(intersect(left, addresses));
    left = subtract(left, addresses);
  }
  return union(found);
}

const allowed = ({ allows }: AclEntry, bound: "most" | "least"): boolean =>
  isUnknown(allows) ? bound === "most" : allows;

/** The addresses for which an entry decides. */
function matched(entry: AclEntry, protocol: Protocol, port: number, bound: "most" | "least"): AddressSet {
  const { protocol: said, ports, addresses } = entry;
  if (!includesProtocol(protocol, said)) return nowhere;
  if (!isUnknown(ports) && !hasPort(ports, port)) return nowhere;
  const sure = ![said, ports, addresses].some(isUnknown);
  // An unclear entry counts only where it makes the result what is asked for: larger, or smaller.
  if (!sure && allowed(entry, bound) !== (bound === "most")) return nowhere;
  return known(addresses) ?? everywhere;
}
