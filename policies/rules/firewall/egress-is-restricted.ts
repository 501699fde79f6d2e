import { rule } from "../../engine/rule.ts";
import { isEmpty } from "../../model/addresses.ts";
import { excessive } from "../../model/network/excess.ts";
import type { GroupRule } from "../../model/network/group-rules.ts";
import { guards } from "../../model/network/guards.ts";
import { openingsOf, publicRules } from "../../model/network/openings.ts";
import { type Protocol, TCP, UDP } from "../../model/network/protocol.ts";
import { namedServersOnly } from "../../model/network/ways-out.ts";
import { isMoreThanAProvider } from "../../model/network/widths.ts";
import { allPorts, intersectPorts, subtractPorts } from "../../model/ports.ts";
import { isUnknown } from "../../model/value.ts";
import { againstOpenings } from "./objections/openings.ts";

const EXPECTED =
  "named peers only; a TCP port to anywhere only where every route leads to a firewall that pairs this source with names and drops the rest";

/** Who has broken into a machine finds no way to fetch tools or to send data away. */
export const egressIsRestricted = rule({
  id: "FW-003",
  slug: "egress-is-restricted",
  severity: "high",
  title: "Nothing reaches the internet at large",
  why: "An open way out is how stolen data leaves and how malware is loaded and steered; no log tells it from normal traffic.",
  fix: "Let groups name the groups they talk to; send what must reach the internet through the network firewall, with its names declared.",
  appliesTo: guards,
  requirements: ["BRK-4.1", "BRK-4.5", "BRK-15.1", "BRK-15.2"],
  check: ({ groups, interfaces }, estate) => {
    const rules = publicRules(groups, "egress");
    if (rules.length === 0) return [];
    const named = interfaces.map((each) => namedServersOnly(estate, each)).reduce(intersectPorts, allPorts);
    const rest = interfaces.length === 0 ? allPorts : subtractPorts(allPorts, named);
    const matters = estate.declaration === undefined ? isMoreThanAProvider : () => true;
    const others = rules.flatMap(({ protocol }) => (isUnknown(protocol) || protocol === "all" ? [] : [protocol]));
    return [...new Set<Protocol>([TCP, UDP, ...others])].flatMap((protocol) => {
      const openings = excessive({ groups }, "egress", protocol === TCP ? rest : allPorts, (own, within) =>
        openingsOf(own.filter(isNotOfService), protocol, within, matters),
      );
      return againstOpenings(openings, protocol, EXPECTED, "to");
    });
  },
});

/** A list that AWS keeps for one of its services is a named peer. */
const isNotOfService = ({ peers }: GroupRule): boolean =>
  peers.services.length === 0 || peers.unknown.length > 0 || !isEmpty(peers.addresses);
