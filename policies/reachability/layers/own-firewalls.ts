import type { Estate } from "../../model/estate.ts";
import type { Site } from "../parties/site.ts";
import { noPacket } from "../space/space.ts";
import { narrowedBy, type Passing } from "./acl-space.ts";
import { hostsPass } from "./host-space.ts";
import { policiesPass } from "./pod-policies.ts";

export const nonePossible: Passing = { most: noPacket, least: noPacket };

/** What firewalls of hosts and policies of pods leave of it, at both ends. */
export function ownFirewalls(estate: Estate, from: Site, to: Site, given: Passing): Passing {
  let left = given;
  const layers = [
    () => hostsPass(estate, from, "output"),
    () => policiesPass(estate, from, "egress", to),
    () => hostsPass(estate, to, "input"),
    () => policiesPass(estate, to, "ingress", from),
  ];
  for (const layer of layers) {
    if (left.most.length === 0) return nonePossible;
    const passing = layer();
    left = narrowedBy(left, passing);
  }
  return left;
}
