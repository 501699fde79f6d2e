import { type Objection, objection, rule } from "../../engine/rule.ts";
import { nowhere, overlaps, parseCidr, shownAddresses } from "../../model/addresses.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { networkFirewalls } from "../../model/network/egress/firewalls.ts";
import { declaredFor } from "../../model/network/entrypoints.ts";
import { interfaces } from "../../model/network/interfaces.ts";
import type { Route, TargetKind } from "../../model/network/routes.ts";
import { type Subnet, subnets } from "../../model/network/subnets.ts";
import { natSubnets, publicRoutes } from "../../model/network/ways-out.ts";
import { isUnknown } from "../../model/value.ts";

/** A host without a way out keeps its data even when all else fails. */
export const routesLeadWhereDeclared = rule({
  id: "FW-015",
  slug: "routes-lead-where-declared",
  severity: "high",
  title: "A subnet has a way to the internet only where something declared needs it, and a way to other networks never",
  why: "Routes are what security groups cannot widen: a subnet without a way out cannot leak, and one whose way passes by the firewall leaks past all names.",
  fix: "Take the route away, or lead it to the firewall's endpoint; declare the egress that needs it.",
  appliesTo: subnets,
  requirements: ["BRK-4.5", "BRK-15.2"],
  needsDeclaration: true,
  check: (subnet, estate) => {
    const { routes, at } = subnet;
    if (routes === undefined) return [objection("route_table", undefined, "a route table that outputs show", at)];
    const allowed = allowedTargets(subnet, estate);
    const outside = publicRoutes(subnet)
      .filter(({ target }) => !allowed.includes(target))
      .map((route) => against(route, subnet, allowed));
    const others = routes.routes
      .filter((each) => !publicRoutes(subnet).includes(each) && !INSIDE.includes(each.target))
      .map((route) => against(route, subnet, []));
    const propagated = routes.propagated.map((each) => objection("propagating_vgws", each, "no gateway", routes.at));
    return [...outside, ...others, ...propagated];
  },
});

/** Targets between a VPC's own addresses; traffic of the firewall comes back over its endpoint. */
const INSIDE: readonly TargetKind[] = ["local", "firewall", "endpoint"];

/** What routes of a subnet to the internet may lead to, by what is in it. */
function allowedTargets(subnet: Subnet, estate: Estate): readonly TargetKind[] {
  const { resource } = subnet;
  if (natSubnets(estate).has(resource)) return ["internet"];
  if (estate.of(networkFirewalls).some((each) => each.subnets.includes(subnet))) return ["nat"];
  const entry = estate
    .of(interfaces)
    .some((each) => each.subnets.includes(subnet) && declaredFor(estate, each).length > 0);
  if (entry) return ["internet"];
  return estate.declaration !== undefined && hasEgress(subnet, estate.declaration) ? ["firewall"] : [];
}

/** Whether something in a subnet is declared to reach the internet, or may be started there: a service has one in each zone. */
const hasEgress = ({ addresses }: Subnet, { services, subnets: declared }: Declaration): boolean =>
  services.some(({ name, egress }) => {
    const sources = egress.flatMap((each) => each.sources);
    const own = sources.length === 0 ? [] : declared.filter(({ service }) => service === name).map(({ cidr }) => cidr);
    return [...sources, ...own].some((each) => overlaps(addresses, parseCidr(each) ?? nowhere));
  });

function against(route: Route, { at: subnet }: Subnet, allowed: readonly TargetKind[]): Objection {
  const { destination, target, said, path, at } = route;
  const got = isUnknown(destination)
    ? destination
    : `${shownAddresses(destination)} over ${target} from ${subnet.resource}`;
  const expected = allowed.length === 0 ? "no way out of the network" : `no way out but over ${allowed.join(", ")}`;
  return objection(path === "" ? said.attribute : `${path}.${said.attribute}`, got, expected, at);
}
