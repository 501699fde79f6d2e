import { objection, rule } from "../../engine/rule.ts";
import { junctions } from "../../model/network/junctions.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** What comes in by a peering, a line or a tunnel comes in past every entrypoint. */
export const nothingJoinsTheNetwork = rule({
  id: "FW-019",
  slug: "nothing-joins-the-network",
  severity: "high",
  title: "No other network is joined with the environment's, nothing tunnels into it, and no endpoint leads to others",
  why: "Whoever breaks in there stands inside here: entrypoints, web application firewalls and the egress list are behind him. An endpoint to somebody's service leads out past the same list.",
  fix: "Take the peering, attachment, VPN, tunnel or endpoint away: let the other side come in by an entrypoint, and administer over Session Manager.",
  appliesTo: junctions,
  requirements: [],
  needsDeclaration: true,
  check: ({ attribute, beyond, named, isOurs }) => {
    if (isOurs || beyond === undefined) return [];
    const unseen = isUnknown(named) && named.resource === undefined ? named : undefined;
    return [objection(attribute, unseen ?? `${beyond}: ${shown(named)}`, "no junction: no other network is declared")];
  },
});
