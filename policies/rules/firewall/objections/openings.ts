import { type Objection, objection } from "../../../engine/rule.ts";
import { cidrsOf, shownAddresses, union } from "../../../model/addresses.ts";
import type { GroupRule } from "../../../model/network/group-rules.ts";
import { type Opening, unknownOf } from "../../../model/network/openings.ts";
import { type Protocol, shownProtocol } from "../../../model/network/protocol.ts";
import { intersectPorts, shownPorts, unionPorts } from "../../../model/ports.ts";
import { isUnknown } from "../../../model/value.ts";

/** An objection to each rule that takes part in openings that must not be: what they open together, and with whom. */
export function againstOpenings(
  openings: readonly Opening[],
  protocol: Protocol,
  expected: string,
  towards: "from" | "to" = "from",
): readonly Objection[] {
  const widest = new Map<GroupRule, Opening>();
  for (const opening of openings) {
    const { rules } = opening;
    const most = rules.length;
    for (const each of rules) if (most > (widest.get(each)?.rules.length ?? 0)) widest.set(each, opening);
  }
  // A rule takes part wherever one of its ports is open.
  const all = unionPorts(openings.map(({ ports }) => ports));
  const shown = new Map([...new Set(widest.values())].map((each) => [each, shownPeers(each)]));
  return [...widest].map(([rule, opening]) => {
    const ports = shownPorts(isUnknown(rule.ports) ? all : intersectPorts(rule.ports, all));
    const said = `${shownProtocol(protocol)} ${ports} ${towards} ${shown.get(opening)}${together(rule, opening)}`;
    return objection(rule.path, unknownOf(rule) ?? said, expected, rule.at);
  });
}

/** The addresses of the internet among them where they are few blocks, else all addresses as the rules have them. */
function shownPeers({ addresses, rules }: Opening): string {
  const few = cidrsOf(addresses).length <= 6;
  return shownAddresses(few ? addresses : union([addresses, ...rules.map(({ peers }) => peers.addresses)]));
}

/** With which other rules: some of them by name. */
function together(rule: GroupRule, { rules }: Opening): string {
  const others = rules.slice(0, 5).filter((each) => each !== rule);
  return others.length === 0 ? "" : ` (together with ${others.slice(0, 4).map(nameOf).join(", ")})`;
}

const nameOf = ({ at, path }: GroupRule): string => (path.includes("[") ? `${at.resource} ${path}` : at.resource);
