import { type AddressSet, union } from "../addresses.ts";
import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import type { Unknown, Value } from "../value.ts";
import { aclsByResource, type NetworkAcl } from "./acls.ts";
import { addressesOf } from "./cidr-texts.ts";
import { VPCS } from "./group-key.ts";
import { type RouteTable, routeTables } from "./routes.ts";

/** A subnet, with the ACL and the route table that it really has. */
export interface Subnet {
  readonly at: Place;
  readonly resource: Resource;
  readonly vpc: Resource | undefined;
  /** Of both families, as far as they are known. */
  readonly addresses: AddressSet;
  readonly unknown: readonly Unknown[];
  readonly zone: Value<string> | undefined;
  /** Nothing where its VPC is not among the outputs, and neither has it an ACL of its own. */
  readonly acl: NetworkAcl | undefined;
  readonly routes: RouteTable | undefined;
  /** Whether what starts in it gets a public address by itself. */
  readonly mapsPublicAddress: Value<boolean>;
  readonly mapsIpv6Address: Value<boolean>;
}

const SUBNETS = ["aws_subnet", "aws_default_subnet"];

/** Every subnet. */
export const subnets = kind<Subnet>("subnet", (estate) => {
  const { terraform } = estate;
  const acls = aclOfSubnets(estate);
  const tables = tableOfSubnets(estate);
  const main = new Map(estate.of(routeTables).flatMap((each) => (each.isMain ? [[each.vpc, each] as const] : [])));
  return terraform.ofType(...SUBNETS).map((resource) => {
    const { block } = resource;
    const vpc = terraform.find(block.text("vpc_id"), ...VPCS);
    const { addresses, unknown } = addressesOf([block.text("cidr_block"), block.text("ipv6_cidr_block")]);
    return {
      at: placeOfResource(resource),
      resource,
      vpc,
      addresses: union([addresses]),
      unknown,
      zone: block.text("availability_zone"),
      acl: acls.get(resource) ?? (vpc === undefined ? undefined : aclsByResource(estate).get(vpc)),
      routes: tables.get(resource) ?? (vpc === undefined ? undefined : main.get(vpc)),
      // Default subnets give public addresses unless told not to.
      mapsPublicAddress: block.flag("map_public_ip_on_launch") ?? resource.type === "aws_default_subnet",
      mapsIpv6Address: block.flag("assign_ipv6_address_on_creation") ?? false,
    };
  });
});

const bySubnet = {};

/** Subnets by their resources. */
export const subnetsByResource = (estate: Estate): ReadonlyMap<Resource, Subnet> =>
  estate.once(bySubnet, () => new Map(estate.of(subnets).map((each) => [each.resource, each])));

/** The subnets that values name; what is none of the outputs' is left out. */
export const subnetsNamed = (estate: Estate, ids: readonly Value<string>[]): readonly Subnet[] =>
  ids.flatMap((id) => {
    const resource = estate.terraform.find(id, ...SUBNETS);
    const subnet = resource === undefined ? undefined : subnetsByResource(estate).get(resource);
    return subnet === undefined ? [] : [subnet];
  });

/** Which ACL names each subnet, in itself or by an association. */
function aclOfSubnets(estate: Estate): ReadonlyMap<Resource, NetworkAcl> {
  const { terraform } = estate;
  const acls = aclsByResource(estate);
  const found = new Map<Resource, NetworkAcl>();
  const add = (subnet: Value<string> | undefined, acl: NetworkAcl | undefined): void => {
    const resource = terraform.find(subnet, ...SUBNETS);
    if (resource !== undefined && acl !== undefined) found.set(resource, acl);
  };
  for (const acl of new Set(acls.values())) {
    for (const subnet of acl.resource?.block.texts("subnet_ids") ?? []) add(subnet, acl);
  }
  for (const { block } of terraform.ofType("aws_network_acl_association")) {
    add(block.text("subnet_id"), acls.get(terraform.find(block.text("network_acl_id"))));
  }
  return found;
}

/** Which route table each subnet is associated with. */
function tableOfSubnets(estate: Estate): ReadonlyMap<Resource, RouteTable> {
  const { terraform } = estate;
  const tables = new Map(estate.of(routeTables).map((each) => [each.resource, each]));
  const found = new Map<Resource, RouteTable>();
  for (const { block } of terraform.ofType("aws_route_table_association")) {
    const subnet = terraform.find(block.text("subnet_id"), ...SUBNETS);
    const table = tables.get(terraform.find(block.text("route_table_id")));
    if (subnet !== undefined && table?.resource !== undefined) found.set(subnet, table);
  }
  return found;
}
