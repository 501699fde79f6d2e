import type { AddressSet } from "../addresses.ts";
import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import { pathOf } from "../terraform/expression.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { VPCS } from "./group-key.ts";
import { peersOf } from "./peers.ts";

/** Where a route leads. */
export type TargetKind =
  | "local"
  | "internet"
  | "nat"
  | "egress-only"
  | "firewall"
  | "endpoint"
  | "peering"
  | "transit"
  | "vpn"
  | "instance"
  | "interface"
  | "elsewhere"
  | "unknown";

export interface Route {
  /** The resource that says it: the table, or a route of its own. */
  readonly at: Place;
  /** Where in it: `route[0]`, or nothing. */
  readonly path: string;
  readonly destination: Value<AddressSet>;
  readonly target: TargetKind;
  /** What it leads to, where outputs make it; of a firewall the firewall. */
  readonly to: Resource | undefined;
  /** The attribute that says where it leads, and what it says. */
  readonly said: { readonly attribute: string; readonly value: Value<string> | undefined };
}

export interface RouteTable {
  readonly at: Place;
  /** The resource that manages it; nothing for a main table that nobody does. */
  readonly resource: Resource | undefined;
  readonly vpc: Resource | undefined;
  /** Whether subnets without a table of their own use it. */
  readonly isMain: boolean;
  /** Without those between the VPC's own addresses, which every table has. */
  readonly routes: readonly Route[];
  /** Gateways whose routes are added by themselves. */
  readonly propagated: readonly Value<string>[];
}

const TABLES = ["aws_route_table", "aws_default_route_table"];

/** Resources of their own that let a gateway add routes to a table, and what names the gateway. */
const PROPAGATING: Readonly<Record<string, string>> = {
  aws_vpc_route_server_propagation: "route_server_id",
  aws_vpn_gateway_route_propagation: "vpn_gateway_id",
};

/** Every route table, main tables that nobody manages too. */
export const routeTables = kind<RouteTable>("route table", (estate) => {
  const { terraform } = estate;
  const mains = new Set(
    terraform
      .ofType("aws_main_route_table_association")
      .map(({ block }) => terraform.find(block.text("route_table_id"), ...TABLES)),
  );
  const defaults = new Map<Resource | undefined, Resource>();
  for (const each of terraform.ofType("aws_default_route_table")) {
    defaults.set(terraform.find(each.block.text("default_route_table_id"), ...VPCS), each);
  }
  const separate = Map.groupBy(terraform.ofType("aws_route"), ({ block }) => {
    const named = terraform.find(block.text("route_table_id"));
    return named !== undefined && VPCS.includes(named.type) ? (defaults.get(named) ?? named) : named;
  });
  const propagating = Map.groupBy(terraform.ofType(...Object.keys(PROPAGATING)), ({ block }) =>
    terraform.find(block.text("route_table_id"), ...TABLES),
  );
  const routesOf = (resource: Resource): readonly Route[] =>
    (separate.get(resource) ?? []).map((each) => routeOf(estate, each.block, { at: placeOfResource(each), path: "" }));
  const own = terraform.ofType(...TABLES).map((resource): RouteTable => {
    const at = placeOfResource(resource);
    const { block } = resource;
    const inline = block.blocks("route").map((each, index) => routeOf(estate, each, { at, path: `route[${index}]` }));
    return {
      at,
      resource,
      vpc: terraform.find(block.text("vpc_id") ?? block.text("default_route_table_id"), ...VPCS),
      isMain: mains.has(resource) || resource.type === "aws_default_route_table",
      routes: [...inline, ...routesOf(resource)],
      propagated: [
        ...block.texts("propagating_vgws"),
        ...(propagating.get(resource) ?? []).flatMap((each) => each.block.texts(PROPAGATING[each.type] ?? "")),
      ],
    };
  });
  const managed = new Set(own.filter(({ isMain }) => isMain).map(({ vpc }) => vpc));
  const unmanaged = terraform.ofType(...VPCS).filter((vpc) => !managed.has(vpc));
  const implied = unmanaged.map((vpc): RouteTable => {
    const at = placeOfResource(vpc);
    return { at, resource: undefined, vpc, isMain: true, routes: routesOf(vpc), propagated: [] };
  });
  return [...own, ...implied];
});

const DESTINATIONS = ["destination_cidr_block", "destination_ipv6_cidr_block", "cidr_block", "ipv6_cidr_block"];

function routeOf(estate: Estate, block: Block, where: Pick<Route, "at" | "path">): Route {
  const cidrs = DESTINATIONS.map((name) => block.text(name));
  const lists = block.texts("destination_prefix_list_id").filter((each) => each !== "");
  const { addresses, services, unknown } = peersOf(estate, block, cidrs, lists);
  const vague = unknown[0] ?? (services[0] === undefined ? undefined : new Unknown(services[0]));
  return { ...where, destination: vague ?? addresses, ...targetOf(estate, block) };
}

/** Attributes that say where a route leads. */
const TARGETS: readonly (readonly [attribute: string, target: TargetKind])[] = [
  ["nat_gateway_id", "nat"],
  ["egress_only_gateway_id", "egress-only"],
  ["vpc_endpoint_id", "endpoint"],
  ["vpc_peering_connection_id", "peering"],
  ["transit_gateway_id", "transit"],
  ["core_network_arn", "transit"],
  ["instance_id", "instance"],
  ["network_interface_id", "interface"],
  ["carrier_gateway_id", "internet"],
  ["local_gateway_id", "elsewhere"],
  ["odb_network_arn", "elsewhere"],
  ["gateway_id", "internet"],
];

function targetOf(estate: Estate, block: Block): Pick<Route, "target" | "to" | "said"> {
  for (const [attribute, target] of TARGETS) {
    const value = block.text(attribute);
    if (value === undefined || value === "") continue;
    const said = { attribute, value };
    if (target === "endpoint") return { ...endpointOf(estate, block, value), said };
    const to = estate.terraform.find(value);
    return { target: attribute === "gateway_id" ? gatewayOf(value, to) : target, to, said };
  }
  return { target: "unknown", to: undefined, said: { attribute: "gateway_id", value: undefined } };
}

/** What a gateway is, by its type or by the shape of its id. */
function gatewayOf(value: Value<string>, to: Resource | undefined): TargetKind {
  if (to !== undefined) return to.type === "aws_vpn_gateway" ? "vpn" : "internet";
  if (isUnknown(value)) return "unknown";
  if (value === "local") return "local";
  if (value.startsWith("vgw-")) return "vpn";
  return value.startsWith("vpce-") ? "endpoint" : "internet";
}

const FIREWALL = "aws_networkfirewall_firewall";

/** An endpoint of a firewall is found among the firewall's states, by whatever expression; the firewall is named in it. */
function endpointOf(estate: Estate, block: Block, value: Value<string>): Pick<Route, "target" | "to"> {
  const direct = estate.terraform.find(value);
  if (direct !== undefined) return { target: direct.type === FIREWALL ? "firewall" : "endpoint", to: direct };
  const named = isUnknown(value) ? /aws_networkfirewall_firewall\.[\w-]+/.exec(value.expression)?.[0] : undefined;
  if (named === undefined || pathOf(named) === undefined) return { target: "endpoint", to: undefined };
  const firewall = estate.terraform.evaluate(`\${${named}.arn}`, block.scope);
  const to = isUnknown(firewall) ? firewall.resource : undefined;
  return { target: to === undefined ? "endpoint" : "firewall", to };
}
