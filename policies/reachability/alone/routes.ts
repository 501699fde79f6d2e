import { overlaps, union } from "../../model/addresses.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { RouteTable } from "../../model/network/routes.ts";
import { type Subnet, subnets, subnetsNamed } from "../../model/network/subnets.ts";
import { vpcs } from "../../model/network/vpcs.ts";
import { isUnknown } from "../../model/value.ts";
import type { Found, Said } from "../findings.ts";
import { type Declared, declaredOf } from "../flows/declared.ts";
import { type EgressPath, egressPaths } from "../layers/egress-path.ts";
import { CLOUDFRONT, INTERNET } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { routeLeadsMore } from "../rules.ts";

/** Judges routes alone, by tiers: who has a way out of the network has declared flows beyond it. */
export function judgeRoutes(estate: Estate, declaration: Declaration): Found {
  const view = viewOf(estate, declaration);
  const own = estate.of(subnets);
  const said = own.flatMap((subnet) => [...judgeEgress(view, subnet), ...judgeOther(view, subnet)]);
  return { rule: routeLeadsMore, subjects: own.length, said };
}

interface View {
  readonly estate: Estate;
  readonly declaration: Declaration;
  readonly declared: Declared;
  readonly sites: readonly Site[];
  /** Subnets of NAT gateways and of firewalls: what passes them comes from elsewhere, where it is judged. */
  readonly transit: ReadonlySet<Subnet>;
}

function viewOf(estate: Estate, declaration: Declaration): View {
  const { terraform } = estate;
  const gateways = terraform.ofType("aws_nat_gateway").flatMap(({ block }) => block.texts("subnet_id"));
  const firewalls = terraform
    .ofType("aws_networkfirewall_firewall")
    .flatMap(({ block }) => block.blocks("subnet_mapping").flatMap((each) => each.texts("subnet_id")));
  return {
    ...{ estate, declaration },
    declared: declaredOf(estate, declaration),
    sites: sitesOf(estate, declaration),
    transit: new Set(subnetsNamed(estate, [...gateways, ...firewalls])),
  };
}

const said = (subnet: Subnet, got: string, at: Pick<RouteTable, "at"> | undefined): Said => ({
  at: at?.at ?? subnet.routes?.at ?? subnet.at,
  attribute: `routes of ${subnet.at.resource}`,
  got,
  expected: "no way out without a declared flow, and none past a firewall that pairs its source with domains",
});

function judgeEgress(view: View, subnet: Subnet): readonly Said[] {
  if (view.transit.has(subnet)) return [];
  const paths = egressPaths(view.estate, subnet, view.declared.range(INTERNET));
  const mine = neighbours(view, subnet);
  const serves = mine.some((site) => isPublished(view, site));
  const sends = mine.some((site) => view.declared.egressOf(site).length > 0);
  return paths.flatMap((path) => {
    const last = path.steps[0]?.route;
    if (path.needsPublicAddress) {
      return serves
        ? []
        : [said(subnet, `${routesOf(path)} leads to the internet, and nothing here is published`, last)];
    }
    if (!sends)
      return [said(subnet, `${routesOf(path)} leads to the internet, and nothing here has declared egress`, last)];
    const unfiltered = path.firewalls.length === 0 ? [said(subnet, `${routesOf(path)} passes no firewall`, last)] : [];
    return path.doubt === undefined ? unfiltered : [...unfiltered, said(subnet, path.doubt, last)];
  });
}

const routesOf = ({ steps }: EgressPath): string => steps.map(({ route }) => route.at.resource).join(", ");

/** Sites in the subnets that the same service has in the tier, whichever zone they are in. */
function neighbours({ declaration, sites }: View, subnet: Subnet): readonly Site[] {
  const named = kindOf(declaration, subnet);
  const isAlike = (each: Subnet): boolean =>
    each === subnet || (named !== undefined && kindOf(declaration, each) === named);
  return sites.filter((site) => site.subnets.some(isAlike));
}

const KINDS = new WeakMap<Subnet, string>();

/** Tier and service of a subnet, by its range. */
function kindOf({ subnets: all }: Declaration, subnet: Subnet): string | undefined {
  const known = KINDS.get(subnet);
  if (known !== undefined) return known;
  const range = subnet.resource.block.text("cidr_block");
  const found = all.find(({ cidr }) => cidr === range);
  if (found !== undefined) KINDS.set(subnet, `${found.tier} ${found.service ?? ""}`);
  return KINDS.get(subnet);
}

/** Whether somebody beyond the network may call it by an address of the internet. */
const isPublished = ({ declared }: View, site: Site): boolean =>
  site.isPublic &&
  [...declared.outside.keys(), CLOUDFRONT].some((party) => declared.between(party, site.party).length > 0);

const BEYOND = new Set(["peering", "transit", "vpn", "elsewhere", "unknown", "instance", "interface", "endpoint"]);

/** Routes to other networks: no declared flow leads there. */
function judgeOther({ estate }: View, subnet: Subnet): readonly Said[] {
  const inside = union(estate.of(vpcs).map(({ addresses }) => addresses));
  const routes = subnet.routes?.routes ?? [];
  const other = routes.filter(({ target, said: { value } }) => BEYOND.has(target) && !isGateway(estate, value));
  const propagated = (subnet.routes?.propagated ?? []).map((value) =>
    said(subnet, `takes routes of ${String(value)}`, undefined),
  );
  return [
    ...propagated,
    ...other.map((route) => {
      const where = isUnknown(route.destination) ? route.destination.expression : "addresses";
      const what = !isUnknown(route.destination) && overlaps(route.destination, inside) ? "its own network" : where;
      return said(subnet, `a route of kind ${route.target} for ${what}`, route);
    }),
  ];
}

/** Endpoints of S3 and DynamoDB: a way to AWS itself, which policies of endpoints judge. */
const isGateway = ({ terraform }: Estate, value: Parameters<Estate["terraform"]["find"]>[0]): boolean =>
  terraform.find(value)?.type === "aws_vpc_endpoint";
