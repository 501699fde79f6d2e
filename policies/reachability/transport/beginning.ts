import type { Estate } from "../../model/estate.ts";
import { networkFirewalls } from "../../model/network/egress/firewalls.ts";
import { known } from "../../model/value.ts";
import { outgoing } from "../flows/outgoing.ts";
import { targetsAt } from "../layers/balancers.ts";
import { INTERNET } from "../parties/outside.ts";
import type { Site } from "../parties/site.ts";
import { type End, end } from "./end.ts";

/**
 * How a hop is carried where it is not the far end that decides: a load balancer speaks what its target group says, and to
 * the internet a firewall lets TLS pass, or more. Absent: the far end decides.
 */
export function beginning(estate: Estate, from: Site, to: Site): End | undefined {
  if (to.party === INTERNET) return outside(estate, from, to);
  if (from.kind !== "load balancer") return undefined;
  const clear = targetsAt(estate, from, to).find(
    ({ group }) => !/^(?:HTTPS|TLS|TCP|QUIC|TCP_QUIC)$/i.test(known(group.protocol) ?? ""),
  );
  if (clear === undefined) return undefined;
  const { at, protocol } = clear.group;
  return end(known(protocol) === undefined ? "unknown" : "clear", `${at.resource} speaks ${String(protocol)}`, at);
}

function outside(estate: Estate, from: Site, to: Site): End {
  const { free, named } = outgoing(estate, from, to);
  const [firewall] = estate.of(networkFirewalls);
  if (free.most.length > 0) return end("unknown", "no firewall on the way asks for TLS", from.at);
  const other = named.find(({ rule }) => rule.protocol !== "tls");
  if (other !== undefined)
    return end("clear", `${other.rule.at.resource} passes ${other.rule.protocol}`, other.rule.at);
  return end("tls", `${firewall?.at.resource ?? "the firewall"} passes TLS only`, firewall?.at);
}
