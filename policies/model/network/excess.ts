import { isEmpty, subtract } from "../addresses.ts";
import type { Estate } from "../estate.ts";
import { intersectPorts, type PortSet, subtractPorts, unionPorts } from "../ports.ts";
import { type DeclaredOpening, declaredFor } from "./entrypoints.ts";
import type { Direction, GroupRule } from "./group-rules.ts";
import type { Guard } from "./guards.ts";
import { type Opening, openingsOf, publicRules } from "./openings.ts";
import type { Protocol } from "./protocol.ts";

/** What of traffic with the internet is too much: openings of some rules, or what of them is. */
type Judge = (rules: readonly GroupRule[], within: PortSet) => readonly Opening[];

/**
 * Openings of a guard from or to the internet that are too much. Of groups that apply together only what none of them opens
 * alone: that is said of the group itself.
 */
export function excessive(
  { groups }: Pick<Guard, "groups">,
  direction: Direction,
  within: PortSet,
  judge: Judge,
): readonly Opening[] {
  const rules = publicRules(groups, direction);
  if (rules.length === 0) return [];
  const found = judge(rules, within);
  if (groups.length === 1) return found;
  return found.filter((opening) =>
    groups.every(
      (group) =>
        judge(
          opening.rules.filter((rule) => group.rules.includes(rule)),
          opening.ports,
        ).length === 0,
    ),
  );
}

/** What rules open beyond what is declared for each of the interfaces that they are on; all of it where they are on none. */
export function beyondDeclared(
  estate: Estate,
  { interfaces }: Guard,
  rules: readonly GroupRule[],
  protocol: Protocol,
  within: PortSet,
): readonly Opening[] {
  if (interfaces.length === 0) return openingsOf(rules, protocol, within);
  const declared = new Set(interfaces.map((each) => declaredFor(estate, each)));
  return [...declared].flatMap((openings) => beyond(openings, rules, protocol, within));
}

function beyond(
  declared: readonly DeclaredOpening[],
  rules: readonly GroupRule[],
  protocol: Protocol,
  within: PortSet,
): readonly Opening[] {
  const own = declared.filter((each) => each.protocol === protocol);
  const rest = subtractPorts(within, unionPorts(own.map(({ ports }) => ports)));
  const more = own.flatMap(({ ports, addresses, services }) =>
    openingsOf(
      rules.filter(({ peers }) => !isOnlyOf(peers, services)),
      protocol,
      intersectPorts(within, ports),
    )
      .map((opening) => ({ ...opening, addresses: subtract(opening.addresses, addresses) }))
      .filter((opening) => !isEmpty(opening.addresses)),
  );
  return [...openingsOf(rules, protocol, rest), ...more];
}

/** Whether a rule is for nobody but these lists of AWS. */
const isOnlyOf = ({ addresses, unknown, services }: GroupRule["peers"], allowed: readonly string[]): boolean =>
  services.length > 0 && services.every((each) => allowed.includes(each)) && unknown.length === 0 && isEmpty(addresses);
