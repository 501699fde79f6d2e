import type { AddressSet } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import { type Subnet, subnetsNamed } from "../../model/network/subnets.ts";
import type { Resource } from "../../model/terraform/resource.ts";
import { known } from "../../model/value.ts";
import { aclSide, answered, type Passing, through } from "./acl-space.ts";
import { type Step, stepsTo, zoneOf } from "./route-steps.ts";

/** One way from a subnet to the internet. */
export interface EgressPath {
  /** Of the internet, what goes this way. */
  readonly addresses: AddressSet;
  /** Routes taken, in order. */
  readonly steps: readonly Step[];
  /** Subnets on the way, but for the first. */
  readonly passed: readonly Subnet[];
  /** Firewalls on the way. */
  readonly firewalls: readonly Resource[];
  /** Connections that ACLs on the way let pass, and the replies. */
  readonly passing: Passing;
  /** Whether the sender needs an address of the internet: nothing on the way lends it one. */
  readonly needsPublicAddress: boolean;
  /** Why it leads nowhere for sure, though it may. */
  readonly doubt: string | undefined;
}

/** Longer chains than subnet, firewall, NAT are a circle. */
const LONGEST = 6;

const READ = {};

/** All ways from a subnet to destinations on the internet. */
export function egressPaths(estate: Estate, from: Subnet, destinations: AddressSet): readonly EgressPath[] {
  const read = estate.once(READ, () => new Map<Subnet, Map<AddressSet, readonly EgressPath[]>>());
  const own = read.get(from) ?? new Map<AddressSet, readonly EgressPath[]>();
  read.set(from, own);
  const found = own.get(destinations) ?? pathsFrom(estate, from, destinations);
  own.set(destinations, found);
  return found;
}

function pathsFrom(estate: Estate, from: Subnet, destinations: AddressSet): readonly EgressPath[] {
  return walk(estate, { at: from, visited: [from], steps: [], firewalls: [], nat: false }, destinations);
}

interface Walk {
  readonly at: Subnet;
  readonly visited: readonly Subnet[];
  readonly steps: readonly Step[];
  readonly firewalls: readonly Resource[];
  /** Whether a NAT gateway was passed. */
  readonly nat: boolean;
}

function walk(estate: Estate, done: Walk, destinations: AddressSet): readonly EgressPath[] {
  if (done.visited.length > LONGEST) return [];
  return stepsTo(done.at.routes, destinations).flatMap((step): readonly EgressPath[] => {
    const steps = [...done.steps, step];
    switch (step.route.target) {
      case "internet":
      case "egress-only":
        return [arrived(estate, { ...done, steps }, step.addresses)];
      case "nat": {
        const next = subnetsNamed(estate, step.route.to?.block.texts("subnet_id") ?? []);
        return next.flatMap((at) =>
          walk(estate, { ...done, at, visited: [...done.visited, at], steps, nat: true }, step.addresses),
        );
      }
      case "firewall": {
        const { to } = step.route;
        const firewalls = to === undefined ? done.firewalls : [...done.firewalls, to];
        return subnetsOfFirewall(estate, step).flatMap((at) =>
          walk(estate, { ...done, at, visited: [...done.visited, at], steps, firewalls }, step.addresses),
        );
      }
      default:
        return [];
    }
  });
}

/** The subnet of the firewall's endpoint that a route names; all of them where it names none. */
function subnetsOfFirewall(estate: Estate, { route }: Step): readonly Subnet[] {
  const ids = route.to?.block.blocks("subnet_mapping").flatMap((each) => each.texts("subnet_id")) ?? [];
  const own = subnetsNamed(estate, ids);
  const zone = zoneOf(route);
  const inZone = own.filter((each) => known(each.zone) === zone);
  return inZone.length > 0 ? inZone : own;
}

function arrived(estate: Estate, { visited, steps, firewalls, nat }: Walk, addresses: AddressSet): EgressPath {
  // Into the first subnet nothing comes on the way there, out of it nothing goes on the way back.
  const there = visited.flatMap(({ acl }, at) => [
    ...(at === 0 ? [] : [aclSide(estate, acl, "ingress")]),
    aclSide(estate, acl, "egress"),
  ]);
  const back = visited.flatMap(({ acl }, at) => [
    aclSide(estate, acl, "ingress"),
    ...(at === 0 ? [] : [aclSide(estate, acl, "egress")]),
  ]);
  return {
    ...{ addresses, steps, firewalls, needsPublicAddress: !nat, passed: visited.slice(1) },
    passing: answered(through(...there), through(...back)),
    doubt: asymmetry(visited, firewalls),
  };
}

/** Replies that come back past a firewall which saw the connection open: it has not, and they are dropped. */
function asymmetry(visited: readonly Subnet[], firewalls: readonly Resource[]): string | undefined {
  const [first] = visited;
  const last = visited.at(-1);
  if (firewalls.length === 0 || first === undefined || last === undefined) return undefined;
  const back = stepsTo(last.routes, first.addresses);
  const same = back.some(
    ({ route: { target, to } }) => target === "firewall" && to !== undefined && firewalls.includes(to),
  );
  return same ? undefined : `${last.at.resource} sends replies to ${first.at.resource} past the firewall`;
}
