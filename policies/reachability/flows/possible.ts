import { isEmpty } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import { narrowedBy, type Passing, subnetsPass } from "../layers/acl-space.ts";
import { listenedBy, sentTo } from "../layers/balancers.ts";
import { groupsPass } from "../layers/group-space.ts";
import { nonePossible, ownFirewalls } from "../layers/own-firewalls.ts";
import type { Site } from "../parties/site.ts";
import { allOf, everyService } from "../space/services.ts";
import { noPacket, type Space } from "../space/space.ts";
import { incoming } from "./incoming.ts";
import { outgoing } from "./outgoing.ts";

const READ = {};

/** Connections that are possible from one site to another: what all layers let pass together. */
export function possible(estate: Estate, from: Site, to: Site): Passing {
  const read = estate.once(READ, () => new Map<Site, Map<Site, Passing>>());
  const own = read.get(from) ?? new Map<Site, Passing>();
  read.set(from, own);
  const found = own.get(to) ?? possibleBetween(estate, from, to);
  own.set(to, found);
  return found;
}

function possibleBetween(estate: Estate, from: Site, to: Site): Passing {
  if (from.kind === "link-local") return nonePossible;
  if (to.kind === "link-local") return toLinkLocal(estate, from, to);
  if (from.kind === "outside") return to.kind === "outside" ? nonePossible : incoming(estate, from, to);
  if (to.kind === "outside") return outgoing(estate, from, to).all;
  return inside(estate, from, to);
}

/** Only what runs on the machine itself, or a pod's policies, can keep it from what is beside it. */
function toLinkLocal(estate: Estate, from: Site, to: Site): Passing {
  if (from.hosts.length === 0 && from.kind !== "pods") return nonePossible;
  const ends: Space = [{ from: from.addresses, to: to.addresses, services: to.answers ?? everyService }];
  return ownFirewalls(estate, from, to, { most: ends, least: ends });
}

function inside(estate: Estate, from: Site, to: Site): Passing {
  const network = networkPasses(estate, from, to);
  const near = onOneNode(from, to);
  if (network.most.length === 0 && !near) return nonePossible;
  const crossed = balanced(estate, from, to, network);
  const ends: Space = [{ from: from.addresses, to: to.addresses, services: everyService }];
  // Between pods of one node no group and no ACL is asked; whether they are on one nobody knows.
  return ownFirewalls(estate, from, to, near ? { most: ends, least: crossed.least } : crossed);
}

export const onOneNode = (from: Site, to: Site): boolean =>
  from.kind === "pods" && to.kind === "pods" && from.interfaces === to.interfaces;

const NETWORK = {};

/** What security groups and ACLs let pass together: the same for all pods of the same nodes. */
function networkPasses(estate: Estate, from: Site, to: Site): Passing {
  const read = estate.once(NETWORK, () => new Map<Site["interfaces"], Map<Site["interfaces"], Passing>>());
  const own = read.get(from.interfaces) ?? new Map<Site["interfaces"], Passing>();
  read.set(from.interfaces, own);
  const found = own.get(to.interfaces) ?? networkBetween(estate, from, to);
  own.set(to.interfaces, found);
  return found;
}

function networkBetween(estate: Estate, from: Site, to: Site): Passing {
  const groups = groupsPass(estate, from, to);
  if (groups.length === 0) return nonePossible;
  return narrowedBy({ most: groups, least: groups }, subnetsPass(estate, from.subnets, to.subnets));
}

/** A load balancer answers on its listeners' ports, and sends to its targets only. */
function balanced(estate: Estate, from: Site, to: Site, network: Passing): Passing {
  let left = network;
  if (to.kind === "load balancer") {
    const services = allOf(to.interfaces.map(({ resource }) => listenedBy(estate, resource)));
    const listened: Space = [{ from: from.addresses, to: to.addresses, services }];
    left = narrowedBy(left, { most: listened, least: listened });
  }
  if (from.kind === "load balancer") {
    const { to: targets, services } = sentTo(estate, from, to);
    const sent: Space = isEmpty(targets) ? noPacket : [{ from: from.addresses, to: targets, services }];
    left = narrowedBy(left, { most: sent, least: sent });
  }
  return left;
}
