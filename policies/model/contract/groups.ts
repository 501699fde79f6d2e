import type { Estate } from "../estate.ts";
import type { Direction, GroupRule } from "../network/group-rules.ts";
import type { SecurityGroup } from "../network/groups.ts";
import { hasPort, noPorts, type PortSet, unionPorts } from "../ports.ts";
import { isUnknown, type Value } from "../value.ts";

const OPENINGS = {};

/** Ports that a group opens one way, to anybody at all, by protocol: each group is asked for many flows. */
type Openings = ReadonlyMap<Direction, ReadonlyMap<number | "all", PortSet>>;

/** Whether a security group opens a port to anybody at all. One of elsewhere may: nobody knows its rules. */
export function opens(
  estate: Estate,
  group: SecurityGroup,
  { direction, protocol, port }: { readonly direction: Direction; readonly protocol: number; readonly port: number },
): boolean {
  if (group.origin === "foreign") return true;
  const known = estate.once(OPENINGS, () => new Map<SecurityGroup, Openings>());
  const openings = known.get(group) ?? openingsOf(group);
  known.set(group, openings);
  const ports = openings.get(direction);
  return hasPort(ports?.get("all") ?? [], port) || hasPort(ports?.get(protocol) ?? [], port);
}

const openingsOf = ({ rules }: SecurityGroup): Openings =>
  new Map(
    [...Map.groupBy(rules, ({ direction }) => direction)].map(([direction, own]) => [direction, byProtocol(own)]),
  );

/** What is unknown opens nothing for sure. */
function byProtocol(rules: readonly GroupRule[]): ReadonlyMap<number | "all", PortSet> {
  const protocols = Map.groupBy(rules, ({ protocol }): Value<number | "all"> => protocol);
  const opened: (readonly [number | "all", PortSet])[] = [];
  for (const [protocol, own] of protocols) {
    if (isUnknown(protocol)) continue;
    // Most rules are of the same few ports.
    const sets = new Set(own.map(({ ports }) => (isUnknown(ports) ? noPorts : ports)));
    opened.push([protocol, unionPorts([...sets])]);
  }
  return new Map(opened);
}
