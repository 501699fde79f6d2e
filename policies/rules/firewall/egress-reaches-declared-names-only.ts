import { type Objection, objection, rule } from "../../engine/rule.ts";
import { covers, nowhere, parseCidr, shownAddresses, union } from "../../model/addresses.ts";
import type { DeclaredEgress } from "../../model/declaration.ts";
import { matchesDomain, shownDomain } from "../../model/network/egress/domain.ts";
import { type NetworkFirewall, networkFirewalls } from "../../model/network/egress/firewalls.ts";
import { idleHandshakes, opens, paired } from "../../model/network/egress/pairing.ts";
import type { FirewallRule } from "../../model/network/egress/rules.ts";
import { vpcs } from "../../model/network/vpcs.ts";
import { portsOf, shownPorts, subtractPorts } from "../../model/ports.ts";
import { isUnknown } from "../../model/value.ts";

const sourcesOf = (all: readonly DeclaredEgress[]) =>
  union(all.flatMap(({ sources }) => sources.map((each) => parseCidr(each) ?? nowhere)));

/** The firewall's rules are the declared names, no fewer and no more, each for those who declared it. */
export const egressReachesDeclaredNamesOnly = rule({
  id: "FW-008",
  slug: "egress-reaches-declared-names-only",
  severity: "critical",
  title: "The network firewall lets each source reach the names declared for it, and no others",
  why: "A name too many is a way out for stolen data; a name too few is a service that cannot send its codes.",
  fix: "Declare the name with the component that needs it; the rules are derived from that.",
  appliesTo: vpcs,
  requirements: ["TKT-2.2", "MUN-2.7", "BRK-4.5"],
  needsDeclaration: true,
  check: ({ at, resource }, estate) => {
    const declared = estate.declaration?.services.flatMap(({ egress }) => egress) ?? [];
    const firewalls = estate.of(networkFirewalls).filter(({ vpc }) => vpc === resource);
    const missing = declared
      .filter((each) => !firewalls.some((one) => opens(one, sourcesOf([each]), each.domain, each.port)))
      .map(({ from, domain, port }) =>
        objection(
          "rules_string",
          `no way for ${from} to ${domain} on ${port}`,
          "a rule for every declared name, for all its sources",
          firewalls[0]?.rules[0]?.at ?? at,
        ),
      );
    return [...missing, ...firewalls.flatMap((each) => undeclared(each, declared))];
  },
});

function undeclared(firewall: NetworkFirewall, declared: readonly DeclaredEgress[]): readonly Objection[] {
  const named = paired(firewall).flatMap((each) => beyond(each, declared));
  const idle = idleHandshakes(firewall).map(({ at, path, source, ports }) => {
    const from = isUnknown(source) ? source : shownAddresses(source);
    const got = isUnknown(ports) ? ports : `connections of ${from} to anywhere on ${shownPorts(ports)} may begin`;
    return objection(path, got, "only where a rule for a declared name follows", at);
  });
  return [...named, ...idle];
}

/** Whether a rule lets more sources, names or ports through than are declared. */
function beyond({ at, path, domain, source, ports }: FirewallRule, declared: readonly DeclaredEgress[]) {
  if (domain === undefined) return [];
  const expected = "only names, sources and ports that are declared";
  const unknown = [source, ports].find(isUnknown);
  if (unknown !== undefined || isUnknown(source) || isUnknown(ports)) return [objection(path, unknown, expected, at)];
  const own = declared.filter((each) => domain.match === "exact" && matchesDomain(domain, each.domain));
  const more = subtractPorts(ports, portsOf(...own.map(({ port }) => port)));
  const all = own.every(({ port }) => covers(sourcesOf(own.filter((each) => each.port === port)), source));
  if (more.length === 0 && all) return [];
  return [objection(path, `${shownAddresses(source)} to ${shownDomain(domain)} on ${shownPorts(ports)}`, expected, at)];
}
