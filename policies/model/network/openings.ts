import { publicRanges } from "../address-space.ts";
import { type AddressSet, intersect, isEmpty, overlaps, union } from "../addresses.ts";
import { allPorts, hasPort, intersectPorts, noPorts, overlapPorts, type PortSet, unionPorts } from "../ports.ts";
import { sameRanges } from "../ranges.ts";
import { isUnknown, type Unknown } from "../value.ts";
import type { Direction, GroupRule } from "./group-rules.ts";
import type { SecurityGroup } from "./groups.ts";
import { includesProtocol, type Protocol } from "./protocol.ts";

/** Ports that rules together let through to or from the same addresses of the internet. */
export interface Opening {
  readonly ports: PortSet;
  readonly addresses: AddressSet;
  readonly rules: readonly GroupRule[];
}

/** What a rule lets through, cut to addresses of the internet. What is not known may be all of it. */
interface Part {
  readonly rule: GroupRule;
  /** All of its ports. */
  readonly ports: PortSet;
  readonly addresses: AddressSet;
}

/** Whether a rule is about the internet at all, or may be. */
const isPublic = ({ peers }: GroupRule): boolean =>
  peers.unknown.length > 0 || peers.services.length > 0 || overlaps(peers.addresses, publicRanges);

/** Rules of groups that are about the internet. */
export const publicRules = (groups: readonly SecurityGroup[], direction: Direction): readonly GroupRule[] =>
  groups.flatMap(({ rules }) =>
    rules.filter((rule) => rule.direction === direction && !rule.implied && isPublic(rule)),
  );

/** What of a rule's judgement rests on something that outputs do not show; nothing where all is known. */
export const unknownOf = ({ peers, ports, protocol }: GroupRule): Unknown | undefined =>
  peers.unknown[0] ?? [ports, protocol].find(isUnknown);

/**
 * What rules let through on some ports of one protocol, by arithmetic over all of them together: two halves of the
 * internet are the internet. Neighbouring ports on which the same rules apply are one opening. Only openings to as many addresses as
 * matter: what does not matter of a set must not matter of a part of it.
 */
export function openingsOf(
  rules: readonly GroupRule[],
  protocol: Protocol,
  within: PortSet = allPorts,
  matters: (addresses: AddressSet) => boolean = () => true,
): readonly Opening[] {
  const parts = rules.flatMap((rule) => partOf(rule, protocol, within));
  const [only] = parts;
  if (only === undefined || !matters(addressesOf(parts))) return [];
  if (parts.length === 1)
    return [{ ports: intersectPorts(only.ports, within), addresses: only.addresses, rules: [only.rule] }];
  const found: Opening[] = [];
  let known: Together | undefined;
  for (const each of partsByPorts(parts, within)) {
    // More than what has mattered matters too.
    const isMore = known?.numbers.every((number) => each.numbers.includes(number)) === true;
    const own = each.numbers.flatMap((number) => parts[number] ?? []);
    const opening = openingOf(each.ports, own);
    if (!isMore && !matters(opening.addresses)) continue;
    found.push(opening);
    known = each;
  }
  return found;
}

/** An opening whose addresses are worked out when they are asked for: of many only some are shown. */
function openingOf(ports: PortSet, parts: readonly Part[]): Opening {
  let worked: AddressSet | undefined;
  return {
    ports,
    rules: parts.map(({ rule }) => rule),
    get addresses() {
      worked ??= addressesOf(parts);
      return worked;
    },
  };
}

const addressesOf = (parts: readonly Part[]): AddressSet => union(parts.map(({ addresses }) => addresses));

interface Together {
  /** Which of the parts, in their order. */
  readonly numbers: readonly number[];
  readonly ports: PortSet;
}

/** Which parts apply on a port. */
function numbersAt(parts: readonly Part[], port: number): readonly number[] {
  const numbers: number[] = [];
  for (let number = 0; number < parts.length; number += 1) {
    if (hasPort(parts[number]?.ports ?? noPorts, port)) numbers.push(number);
  }
  return numbers;
}

/** Which parts apply together, on each stretch of some ports. */
function partsByPorts(parts: readonly Part[], within: PortSet): readonly Together[] {
  const cuts = cutsOf([within, ...parts.map(({ ports }) => ports)]);
  const found: Together[] = [];
  for (const [at, from] of cuts.entries()) {
    if (!hasPort(within, from)) continue;
    const to = (cuts[at + 1] ?? 65_536) - 1;
    const numbers = numbersAt(parts, from);
    if (numbers.length === 0) continue;
    const last = found.at(-1);
    if (last !== undefined && sameRanges(last.numbers, numbers)) {
      found[found.length - 1] = { numbers, ports: unionPorts([last.ports, [from, to]]) };
    } else found.push({ numbers, ports: [from, to] });
  }
  return found;
}

function partOf(rule: GroupRule, protocol: Protocol, within: PortSet): readonly Part[] {
  if (!includesProtocol(protocol, rule.protocol)) return [];
  const ports = isUnknown(rule.ports) ? allPorts : rule.ports;
  if (!overlapPorts(ports, within)) return [];
  const { peers } = rule;
  const vague = peers.unknown.length > 0 || peers.services.length > 0;
  const addresses = vague ? publicRanges : intersect(peers.addresses, publicRanges);
  return isEmpty(addresses) ? [] : [{ rule, ports, addresses }];
}

/** Ports at which one of these begins or has just ended. */
function cutsOf(all: readonly PortSet[]): readonly number[] {
  const cuts = new Set<number>();
  for (const ports of all) {
    for (let at = 0; at < ports.length; at += 2) {
      cuts.add(Number(ports[at]));
      cuts.add(Number(ports[at + 1]) + 1);
    }
  }
  return [...cuts].filter((port) => port <= 65_535).sort((a, b) => a - b);
}
