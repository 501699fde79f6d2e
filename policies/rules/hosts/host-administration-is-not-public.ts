import { objection, rule } from "../../engine/rule.ts";
import { administrationFrom } from "../../model/hosts/firewall-ways.ts";
import { rulesets } from "../../model/nftables/rulesets.ts";
import { Unknown } from "../../model/value.ts";

/** The host's own firewall keeps closed what a security group should keep closed, too. */
export const hostAdministrationIsNotPublic = rule({
  id: "HOST-050",
  slug: "host-administration-is-not-public",
  severity: "critical",
  title: "No host's firewall lets the internet in to a port of administration, data, metrics or debugging",
  why: "Such ports are found within minutes of their opening; the day a security group is changed by mistake, this is what stands before them.",
  fix: "Name the addresses that may come, or take the rule away; administer over Session Manager.",
  appliesTo: rulesets,
  concerns: ({ ruleset }) => ruleset !== undefined,
  requirements: [],
  check: ({ ruleset }) =>
    (ruleset === undefined ? [] : administrationFrom(ruleset)).map(({ packet, rules, byInterface }) => {
      const by = rules.length === 0 ? "nothing that stops it" : rules.join("; ");
      const got = byInterface ? new Unknown(`where the interface of ${by} leads`) : `${packet}, by ${by}`;
      return objection("chain input", got, "at most one site's addresses of the internet (a /24, or a /48 of IPv6)");
    }),
});
