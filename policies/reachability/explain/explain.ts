import { overlaps } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { Direction } from "../../model/network/group-rules.ts";
import type { Subnet } from "../../model/network/subnets.ts";
import { onOneNode } from "../flows/possible.ts";
import { listenedBy, sentTo } from "../layers/balancers.ts";
import { admissions } from "../layers/group-space.ts";
import { rulesFor } from "../layers/host-firewall.ts";
import { openedFor } from "../layers/pod-policies.ts";
import type { Site } from "../parties/site.ts";
import { servicesMeet } from "../space/services.ts";
import { type Box, intersectSpaces } from "../space/space.ts";
import { aclLayers } from "./acl-layer.ts";
import { type LayerVerdict, layer } from "./layer.ts";
import { outsideLayers } from "./outside-layers.ts";

/** What every layer between two sites does with one packet, in the order in which it meets them. */
export function explain(estate: Estate, from: Site, to: Site, packet: Box): readonly LayerVerdict[] {
  return [
    ...hostLayers(from, "output", packet),
    ...podLayers(estate, from, "egress", to, packet),
    ...targetLayers(estate, from, to, packet),
    ...groupLayers(estate, from, "egress", to, packet),
    ...pathLayers(estate, from, to, packet),
    ...groupLayers(estate, to, "ingress", from, packet),
    ...listenerLayers(estate, to, packet),
    ...podLayers(estate, to, "ingress", from, packet),
    ...hostLayers(to, "input", packet),
  ];
}

function hostLayers(site: Site, way: "input" | "output", packet: Box): readonly LayerVerdict[] {
  const own = way === "output" ? packet.from : packet.to;
  return site.hosts
    .filter(({ addresses }) => overlaps(addresses, own))
    .map(({ name, ruleset, at }) => {
      const title = `nftables of ${name}, ${way}`;
      if (ruleset === undefined) return layer(title, ["the host has no ruleset"], "");
      const rules = rulesFor(ruleset, way, [packet]).map(({ text, line }) => `${at.source}:${line} ${text}`);
      return layer(title, rules, "no rule accepts it");
    });
}

function podLayers(estate: Estate, site: Site, direction: Direction, peer: Site, packet: Box): readonly LayerVerdict[] {
  if (site.kind !== "pods") return [];
  return site.pods.map((pod) => {
    const title = `NetworkPolicies of ${pod.owner}, ${direction}`;
    const opened = openedFor(estate, pod, direction, site, peer);
    if (opened === "all") return layer(title, ["no policy closes it"], "");
    const own = opened.filter(({ box }) => intersectSpaces([box], [packet]).length > 0);
    return layer(
      title,
      own.map(({ opening: { policy, path } }) => `${policy.at.resource} ${path}`),
      "no policy opens it",
    );
  });
}

function groupLayers(
  estate: Estate,
  site: Site,
  direction: Direction,
  peer: Site,
  packet: Box,
): readonly LayerVerdict[] {
  const isInside = (each: Site): boolean => each.kind !== "link-local" && each.kind !== "outside";
  if (!isInside(site) || peer.kind === "link-local") return [];
  const title = `security groups of ${site.party}, ${direction}`;
  const all = admissions(estate, site, direction, peer);
  if (all === "all") return [layer(title, ["it has no security group"], "")];
  const own = all.filter(({ box }) => intersectSpaces([box], [packet]).length > 0);
  const near = onOneNode(site, peer) ? ["none is asked between pods of one node"] : [];
  const rules = own.map(({ rule }) => `${rule.at.resource}${rule.path === "" ? "" : ` ${rule.path}`}`);
  return [layer(title, [...rules, ...near], "no rule lets it through")];
}

function targetLayers(estate: Estate, from: Site, to: Site, packet: Box): readonly LayerVerdict[] {
  if (from.kind !== "load balancer" || to.kind === "outside") return [];
  const sent = sentTo(estate, from, to);
  const own = intersectSpaces([packet], [{ from: packet.from, ...sent }]);
  return [
    layer(
      `targets of ${from.party}`,
      own.length > 0 ? [`${to.party} is registered`] : [],
      "it is no target on this port",
    ),
  ];
}

function listenerLayers(estate: Estate, to: Site, packet: Box): readonly LayerVerdict[] {
  if (to.kind !== "load balancer") return [];
  const listens = to.interfaces.some(({ resource }) => servicesMeet(listenedBy(estate, resource), packet.services));
  return [layer(`listeners of ${to.party}`, listens ? ["one listens on this port"] : [], "none listens on this port")];
}

/** The network between them. */
function pathLayers(estate: Estate, from: Site, to: Site, packet: Box): readonly LayerVerdict[] {
  if (to.kind === "link-local") {
    return [layer("network", ["no group, ACL or route is asked beside the machine itself"], "")];
  }
  if (from.kind === "outside" || to.kind === "outside") return outsideLayers(estate, from, to, packet);
  const [source, target] = [subnetOf(from, packet.from), subnetOf(to, packet.to)];
  if (source === undefined || target === undefined) return [];
  return aclLayers(estate, source, target, packet);
}

const subnetOf = ({ subnets }: Site, addresses: Box["from"]): Subnet | undefined =>
  subnets.find((each) => overlaps(each.addresses, addresses));
