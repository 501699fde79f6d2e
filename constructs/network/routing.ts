import { Route } from "@cdktf/provider-aws/lib/route/index.js";
import { Construct } from "constructs";
import type { Subnet } from "./subnets.ts";

/** Subnets and the gateways their routes lead to. */
export interface RoutingProps {
  readonly subnets: readonly Subnet[];
  readonly internetGatewayId: string;
  /** NAT gateway id by zone letter. */
  readonly natIdByZone: ReadonlyMap<string, string>;
  /** Firewall endpoint id by zone letter. */
  readonly firewallEndpointIdByZone: ReadonlyMap<string, string>;
  /** Services whose `app` subnets reach the internet, through the firewall. */
  readonly egressServices: readonly string[];
}

/**
 * The routes out of the VPC, each way through the same firewall endpoint (it is stateful and drops what it saw half of).
 *
 *     app subnet z -> firewall endpoint f(z) -> NAT n(f(z)) -> internet
 *     app subnet z <- firewall endpoint f(z) <- NAT n(f(z)) <- internet
 *
 * `f` and `n` give the gateway of the same zone, else of the first zone that has one; both directions of an app subnet
 * are made here from its own zone, so fewer NAT gateways or firewall endpoints than zones stay symmetric, cross-zone.
 * `public` subnets and those of NAT gateways lead to the internet gateway, those of firewall endpoints to a NAT gateway;
 * `dmz`, `data`, `endpoints`, services not listed and gateway subnets that stand empty get no default route.
 * Refuses a listed service without an app subnet.
 */
export class Routing extends Construct {
  constructor(scope: Construct, id: string, props: RoutingProps) {
    super(scope, id);
    const { subnets, natIdByZone, firewallEndpointIdByZone } = props;
    const everywhere = { destinationCidrBlock: "0.0.0.0/0" };
    const add = (from: Subnet, name: string, target: RouteTarget) =>
      new Route(this, `${from.name}-to-${name}`, { routeTableId: from.routeTableId, ...target });

    const natSubnets = subnets.filter(({ tier, zone }) => tier === "egress" && natIdByZone.has(zone));
    const firewallSubnets = subnets.filter(
      ({ tier, zone }) => tier === "firewall" && firewallEndpointIdByZone.has(zone),
    );
    for (const subnet of [...subnets.filter(({ tier }) => tier === "public"), ...natSubnets]) {
      add(subnet, "internet", { ...everywhere, gatewayId: props.internetGatewayId });
    }
    for (const subnet of firewallSubnets) {
      add(subnet, "internet", { ...everywhere, natGatewayId: gatewayOf(natIdByZone, subnet.zone, "NAT gateway").id });
    }
    for (const service of props.egressServices) {
      const own = subnets.filter((subnet) => subnet.tier === "app" && subnet.service === service);
      if (own.length === 0) {
        throw new Error(`routing: service "${service}" has egress and no app subnet`);
      }
      for (const subnet of own) {
        const firewall = gatewayOf(firewallEndpointIdByZone, subnet.zone, "firewall endpoint");
        add(subnet, "internet", { ...everywhere, vpcEndpointId: firewall.id });
        const nat = gatewayOf(natIdByZone, firewall.zone, "NAT gateway");
        const back = natSubnets.find(({ zone }) => zone === nat.zone);
        if (back === undefined) {
          throw new Error(`routing: the NAT gateway of zone ${nat.zone} has no egress subnet`);
        }
        // More specific than `local`, which is allowed for exactly a subnet's range.
        add(back, subnet.name, { destinationCidrBlock: subnet.cidr, vpcEndpointId: firewall.id });
      }
    }
  }
}

interface RouteTarget {
  readonly destinationCidrBlock: string;
  readonly gatewayId?: string;
  readonly natGatewayId?: string;
  readonly vpcEndpointId?: string;
}

function gatewayOf(byZone: ReadonlyMap<string, string>, zone: string, what: string) {
  const own = byZone.get(zone);
  if (own !== undefined) {
    return { zone, id: own };
  }
  const [first] = byZone;
  if (first === undefined) {
    throw new Error(`routing: zone ${zone} needs a ${what}, got none in any zone`);
  }
  return { zone: first[0], id: first[1] };
}
