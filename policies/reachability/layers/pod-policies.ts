import { type AddressSet, everywhere, isEmpty, union } from "../../model/addresses.ts";
import type { Direction } from "../../model/cluster/network-policies.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import type { Estate } from "../../model/estate.ts";
import { everybody, meansPod, type Opening, openingsOf, type PolicyPort } from "../../model/network-policies.ts";
import { isUnknown } from "../../model/value.ts";
import type { Site } from "../parties/site.ts";
import { allOf, everyService, portServices, type Services } from "../space/services.ts";
import { type Box, everyPacket, intersectSpaces, noPacket, type Space } from "../space/space.ts";

/** An opening of a NetworkPolicy, as packets between a site's pods and a peer. */
export interface Opened {
  readonly opening: Opening;
  readonly box: Box;
}

/** An opening, with all that is the same whoever the peer is. */
interface Prepared {
  readonly opening: Opening;
  readonly blocks: AddressSet;
  readonly meansPods: boolean;
  /** Absent: they hang on the peer's own names of ports. */
  readonly services: Services | undefined;
}

const PREPARED = {};

function preparedFor(estate: Estate, pod: Pod, direction: Direction): readonly Prepared[] | "all" {
  const read = estate.once(PREPARED, () => new Map<Pod, Partial<Record<Direction, readonly Prepared[] | "all">>>());
  const known = read.get(pod) ?? {};
  const { closed, openings } = openingsOf(estate, pod, direction);
  const found = known[direction] ?? (closed ? openings.map((opening) => prepared(opening, pod, direction)) : "all");
  if (known[direction] === undefined) read.set(pod, { ...known, [direction]: found });
  return found;
}

function prepared(opening: Opening, pod: Pod, direction: Direction): Prepared {
  const named = opening.peers.length === 0 && opening.unknown.length === 0 ? [everybody] : opening.peers;
  const blocks = named.flatMap((each) => (each.of === "addresses" ? [each.addresses] : []));
  const byName = direction === "egress" && opening.ports?.some(({ ports }) => "name" in ports) === true;
  return {
    opening,
    // What is not known may be everybody.
    blocks: opening.unknown.length > 0 ? everywhere : union(blocks),
    meansPods: named.some((each) => each.of === "pods"),
    services: byName ? undefined : portsOpened(opening.ports, [pod]),
  };
}

/** What policies open between a pod and a site, rule by rule; `all` where no policy closes the direction. */
export function openedFor(
  estate: Estate,
  pod: Pod,
  direction: Direction,
  site: Site,
  peer: Site,
): readonly Opened[] | "all" {
  const all = preparedFor(estate, pod, direction);
  if (all === "all") return "all";
  return all.flatMap(({ opening, blocks, meansPods, services: known }): readonly Opened[] => {
    const isMeant =
      meansPods && opening.peers.some((each) => peer.pods.some((one) => meansPod(estate, opening.policy, each, one)));
    const services = known ?? portsOpened(opening.ports, peer.pods);
    const addresses = isMeant ? union([blocks, peer.addresses]) : blocks;
    if (services.length === 0 || isEmpty(addresses)) return [];
    const box =
      direction === "egress"
        ? { from: site.addresses, to: addresses, services }
        : { from: addresses, to: site.addresses, services };
    return [{ opening, box }];
  });
}

/** Ports by number; those by name are the ones of that name of the pods at the far end. */
export function portsOpened(ports: readonly PolicyPort[] | undefined, far: readonly Pod[]): Services {
  if (ports === undefined) return everyService;
  return allOf(
    ports.flatMap(({ protocol, ports: said }) => {
      if (!("name" in said)) return [portServices(protocol, said)];
      return portsNamed(said.name, far).map((port) => portServices(protocol, [port, port]));
    }),
  );
}

const portsNamed = (name: string, far: readonly Pod[]): readonly number[] =>
  far.flatMap(({ containers }) =>
    containers.flatMap(({ ports }) =>
      ports.flatMap(({ name: own, port }) => (own === name && port !== undefined && !isUnknown(port) ? [port] : [])),
    ),
  );

/** What policies of some pod of a site let pass (`most`), or of every pod of it (`least`). */
export function policiesPass(
  estate: Estate,
  site: Site,
  direction: Direction,
  peer: Site,
): { readonly most: Space; readonly least: Space } {
  if (site.kind !== "pods" || site.pods.length === 0) return { most: everyPacket, least: everyPacket };
  const each = site.pods.map((pod): Space => {
    const opened = openedFor(estate, pod, direction, site, peer);
    return opened === "all" ? everyPacket : opened.map(({ box }) => box);
  });
  const [first = everyPacket] = each;
  if (each.every((space) => space.length === 0)) return { most: noPacket, least: noPacket };
  return each.length === 1 ? { most: first, least: first } : { most: each.flat(), least: each.reduce(intersectSpaces) };
}
