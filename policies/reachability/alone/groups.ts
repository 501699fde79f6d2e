import { type AddressSet, everywhere, isEmpty } from "../../model/addresses.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { GroupKey } from "../../model/network/group-key.ts";
import type { Direction, GroupRule } from "../../model/network/group-rules.ts";
import type { SecurityGroup } from "../../model/network/groups.ts";
import { securityGroups } from "../../model/network/groups.ts";
import type { Found, Said } from "../findings.ts";
import { type Declared, declaredOf, servicesOf as servicesOfFlow } from "../flows/declared.ts";
import { outgoing } from "../flows/outgoing.ts";
import { addressedByGroup, isInherent, servicesOf } from "../layers/group-space.ts";
import { CLOUDFRONT, INTERNET, internetAtMost, namesCloudFront, vagueOf } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { sitesOf } from "../parties/sites.ts";
import { groupAdmitsMore } from "../rules.ts";
import { packetOf, shownPacket } from "../space/packet.ts";
import { allOf, type Services, shownServices, without } from "../space/services.ts";
import { type Box, digestOf, intersectSpaces, joined, type Space, subtractSpaces } from "../space/space.ts";
import { expectedIn, expectedOut } from "./expected.ts";

/** Judges each rule of the groups that something has: alone, it may admit declared flows only. */
export function judgeGroups(estate: Estate, declaration: Declaration): Found {
  const sites = sitesOf(estate, declaration);
  const declared = declaredOf(estate, declaration);
  const byGroup = new Map<GroupKey, Site[]>();
  for (const site of sites) {
    if (site.kind === "pods") continue;
    for (const { key } of site.groups ?? []) byGroup.set(key, [...(byGroup.get(key) ?? []), site]);
  }
  const internet = sites.find(({ party }) => party === INTERNET);
  const view: View = { estate, declared, byGroup, internet };
  let subjects = 0;
  const said = estate.of(securityGroups).flatMap((group) => {
    const own = byGroup.get(group.key) ?? [];
    const rules = own.length === 0 ? [] : group.rules.filter((rule) => !isInherent(group, rule));
    subjects += rules.length;
    const expected = { ingress: expectedBy(view, own, "ingress"), egress: expectedBy(view, own, "egress") };
    const fine = {
      ingress: admitsExpected(estate, group, "ingress", expected.ingress),
      egress: admitsExpected(estate, group, "egress", expected.egress),
    };
    return rules.flatMap((rule) =>
      fine[rule.direction] && namesAddressesOnly(rule)
        ? []
        : judgeRule(view, group, own, rule, expected[rule.direction]),
    );
  });
  return { rule: groupAdmitsMore, subjects, said };
}

/** Whether addresses that a group names are all expected: then no rule need be looked at alone. */
const admitsExpected = (estate: Estate, group: SecurityGroup, direction: Direction, expected: Space): boolean =>
  subtractSpaces(
    addressedByGroup(estate, group, direction).flatMap(({ addresses, services }) =>
      familiesOf(direction, addresses, services),
    ),
    expected,
  ).length === 0;

const namesAddressesOnly = ({ peers }: GroupRule): boolean =>
  peers.groups.length === 0 && peers.services.length === 0 && peers.unknown.length === 0;

interface View {
  readonly estate: Estate;
  readonly declared: Declared;
  readonly byGroup: ReadonlyMap<GroupKey, readonly Site[]>;
  readonly internet: Site | undefined;
}

/** What addresses rules of a site's groups may name. */
function expectedBy(
  { estate, declared, internet }: View,
  own: readonly Site[],
  direction: GroupRule["direction"],
): Space {
  if (direction === "ingress") return joined(own.flatMap((site) => expectedIn(declared, site, "everybody")));
  const out = own.flatMap((site) => {
    // To anybody only where a firewall on the way pairs the source with names of servers.
    const paired = internet === undefined || outgoing(estate, site, internet).free.most.length === 0;
    return expectedOut(declared, site, paired ? "everybody" : "not private").filter(
      ({ to }) => paired || to !== internetAtMost,
    );
  });
  return joined(out);
}

function judgeRule(
  view: View,
  group: SecurityGroup,
  own: readonly Site[],
  rule: GroupRule,
  expected: Space,
): readonly Said[] {
  const services = servicesOf(rule.protocol, rule.ports);
  const said = (got: string, outcome: Said["outcome"] = "fail"): Said => ({
    at: rule.at,
    attribute: rule.path === "" ? rule.direction : rule.path,
    got: `${rule.direction} of ${group.at.resource} admits ${got}`,
    expected: "declared flows only",
    outcome,
  });
  const vague = vagueOf(rule.peers);
  if (vague.length > 0) return [said(`peers that are unknown: ${vague.join(", ")}`, "unknown")];
  const byPeers = rule.peers.groups.flatMap((peer) => {
    const left = without(services, servicesBetween(view, own, view.byGroup.get(peer) ?? [], rule.direction));
    return left.length === 0
      ? []
      : [said(`${shownServices(left)} ${rule.direction === "ingress" ? "from" : "to"} ${peer}`)];
  });
  const left = subtractSpaces(addressBoxes(rule, services), expected);
  const packet = packetOf(left);
  const all = allOf(left.map((each) => each.services));
  const byAddress =
    packet === undefined
      ? []
      : [{ ...said(`${shownServices(all)}, such as ${shownPacket(packet)}`), whole: digestOf(left) }];
  return [...byPeers, ...byAddress, ...judgeCloudFront(view, own, rule, services).map((got) => said(got))];
}

const addressBoxes = ({ peers, direction }: GroupRule, services: Services): Space =>
  isEmpty(peers.addresses) ? [] : familiesOf(direction, peers.addresses, services);

function familiesOf(direction: Direction, peers: AddressSet, services: Services): Space {
  const box: Box =
    direction === "ingress" ? { from: peers, to: everywhere, services } : { from: everywhere, to: peers, services };
  return intersectSpaces([box], [FOUR, SIX]);
}

// What comes from an address of one family goes to one of the same.
const FOUR: Box = { from: { v4: everywhere.v4, v6: [] }, to: { v4: everywhere.v4, v6: [] }, services: [0, 16_777_215] };
const SIX: Box = { from: { v4: [], v6: everywhere.v6 }, to: { v4: [], v6: everywhere.v6 }, services: [0, 16_777_215] };

function judgeCloudFront(
  { declared }: View,
  own: readonly Site[],
  rule: GroupRule,
  services: Services,
): readonly string[] {
  if (!namesCloudFront(rule.peers)) return [];
  const flows = own.flatMap(({ party }) => declared.between(CLOUDFRONT, party));
  const left = without(services, allOf(flows.map(servicesOfFlow)));
  return left.length === 0 && rule.direction === "ingress" ? [] : [`${shownServices(left)} of CloudFront`];
}

/** Services of declared flows between parties of two groups. */
function servicesBetween(
  { declared }: View,
  own: readonly Site[],
  peers: readonly Site[],
  direction: GroupRule["direction"],
): Services {
  const flows = own.flatMap((one) =>
    peers.flatMap((other) =>
      direction === "ingress" ? declared.betweenSites(other, one) : declared.betweenSites(one, other),
    ),
  );
  return allOf(flows.map(servicesOfFlow));
}
