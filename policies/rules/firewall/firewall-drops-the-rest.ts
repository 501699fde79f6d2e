import { objection, rule } from "../../engine/rule.ts";
import { shownAddresses } from "../../model/addresses.ts";
import { shownDomain } from "../../model/network/egress/domain.ts";
import { networkFirewalls } from "../../model/network/egress/firewalls.ts";
import { dropsTheRest, unpaired } from "../../model/network/egress/pairing.ts";
import type { FirewallRule } from "../../model/network/egress/rules.ts";
import { shownPorts } from "../../model/ports.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** A firewall is what it drops, not what it has rules for. */
export const firewallDropsTheRest = rule({
  id: "FW-009",
  slug: "firewall-drops-the-rest",
  severity: "high",
  title: "A network firewall lets through what names a server, and drops everything else",
  why: "One rule without a name, a default that passes or a connection taken up in its middle, and all rules with names are decoration.",
  fix: 'Use strict order with a default "aws:drop_established...", forward all packets to the stateful engine, and name a server in every pass.',
  appliesTo: networkFirewalls,
  requirements: [],
  check: (firewall) => {
    const { policyAt: at, stateless, statelessGroups, midstream, decrypts, unknown } = firewall;
    const { order, defaults } = firewall;
    const said = [order, ...defaults].find(isUnknown) ?? `${order} order, then ${shown(defaults)}`;
    const rest = dropsTheRest(firewall)
      ? []
      : [objection("stateful_default_actions", said, "strict order and a default that drops", at)];
    const early = stateless
      .filter((each) => each !== "aws:forward_to_sfe" && each !== "aws:drop")
      .map((each) => objection("stateless_default_actions", each, "aws:forward_to_sfe", at));
    const groups =
      statelessGroups > 0 ? [objection("stateless_rule_group_reference", "stateless rules", "none", at)] : [];
    const late = midstream === "DROP" || midstream === "REJECT" ? [] : [midstream];
    const inside =
      decrypts === undefined
        ? []
        : [objection("tls_inspection_configuration_arn", decrypts, "nothing: TLS ends at those who speak it", at)];
    return [
      ...[...rest, ...early, ...groups, ...inside],
      ...late.map((each) => objection("stateful_engine_options.stream_exception_policy", each, "DROP or REJECT", at)),
      ...unknown.map((each) => objection("stateful_rule_group_reference", each, "rules that outputs show", at)),
      ...unpaired(firewall).map((each) => objection(each.path, wordsOf(each), "a pass that names one server", each.at)),
    ];
  },
});

function wordsOf({ action, protocol, source, ports, domain }: FirewallRule): unknown {
  if (isUnknown(action)) return action;
  if (isUnknown(source)) return source;
  const name = domain === undefined ? "anything" : shownDomain(domain);
  return `${action} ${protocol} of ${shownAddresses(source)} to ${name} on ${isUnknown(ports) ? shown(ports) : shownPorts(ports)}`;
}
