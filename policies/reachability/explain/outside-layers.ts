import { overlaps } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { Subnet } from "../../model/network/subnets.ts";
import { isOrigin } from "../flows/incoming.ts";
import { outgoing } from "../flows/outgoing.ts";
import { egressPaths } from "../layers/egress-path.ts";
import { shownName } from "../layers/firewall-space.ts";
import { type Step, stepsTo } from "../layers/route-steps.ts";
import { CLOUDFRONT } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { type Box, intersectSpaces } from "../space/space.ts";
import { aclLayer, repliesOf } from "./acl-layer.ts";
import { type LayerVerdict, layer } from "./layer.ts";

/** The way in from beyond the network, or out of it. */
export function outsideLayers(estate: Estate, from: Site, to: Site, packet: Box): readonly LayerVerdict[] {
  return from.kind === "outside" ? inwards(estate, from, to, packet) : outwards(estate, from, to, packet);
}

function inwards(estate: Estate, from: Site, to: Site, packet: Box): readonly LayerVerdict[] {
  const subnet = subnetOf(to, packet.to);
  if (subnet === undefined) return [];
  const steps = stepsTo(subnet.routes, packet.from);
  if (from.party === CLOUDFRONT && isOrigin(estate, to)) {
    const inside = { ...packet, from: subnet.addresses };
    return [
      layer("VPC origin", [`CloudFront has interfaces in the subnets of ${to.party}`], ""),
      aclLayer(subnet, "ingress", inside, "on the way there"),
      ...repliesOf(inside).map((reply) => aclLayer(subnet, "egress", reply, "replies")),
    ];
  }
  return [
    layer(
      "address",
      to.isPublic ? [`${to.party} has an address of the internet`] : [],
      `${to.party} has only private addresses`,
    ),
    layer(`routes of ${subnet.at.resource}`, steps.map(shownStep), "none leads back"),
    aclLayer(subnet, "ingress", packet, "on the way there"),
    ...repliesOf(packet).map((reply) => aclLayer(subnet, "egress", reply, "replies")),
  ];
}

function outwards(estate: Estate, from: Site, to: Site, packet: Box): readonly LayerVerdict[] {
  const subnet = subnetOf(from, packet.from);
  if (subnet === undefined) return [];
  const paths = egressPaths(estate, subnet, packet.to);
  const routes = paths.map(({ steps }) => steps.map(shownStep).join(", then "));
  const acls = paths.filter(({ passing }) => intersectSpaces(passing.most, [packet]).length > 0);
  const { named, free } = outgoing(estate, from, to);
  const names = named.filter(({ passing }) => intersectSpaces(passing.most, [packet]).length > 0).map(shownName);
  const open = intersectSpaces(free.most, [packet]).length > 0 ? ["to any server"] : [];
  const firewalls = paths.flatMap((path) => path.firewalls);
  return [
    layer(`routes of ${subnet.at.resource}`, routes, "none leads to the internet"),
    ...paths.flatMap(({ needsPublicAddress }) =>
      needsPublicAddress && !from.isPublic ? [layer("address", [], `${from.party} has only private addresses`)] : [],
    ),
    layer("network ACLs on the way, there and back", acls.length > 0 ? ["all of them"] : [], "one stops it"),
    ...(firewalls.length === 0
      ? []
      : [
          layer(
            "network firewall",
            firewallSays(firewalls[0]?.address ?? "", [...names, ...open]),
            "no rule passes it",
          ),
        ]),
  ];
}

const firewallSays = (address: string, names: readonly string[]): readonly string[] =>
  names.map((name) => `${address} passes TLS ${name.startsWith("to ") ? name : `to ${name}`}`);

const shownStep = ({ route }: Step): string => `${route.at.resource} (${route.target})`;

const subnetOf = ({ subnets }: Site, addresses: Box["from"]): Subnet | undefined =>
  subnets.find((each) => overlaps(each.addresses, addresses));
