import { rule } from "../../engine/rule.ts";
import { administrativePorts } from "../../model/network/administrative-ports.ts";
import { beyondDeclared, excessive } from "../../model/network/excess.ts";
import { guards } from "../../model/network/guards.ts";
import { openingsOf } from "../../model/network/openings.ts";
import { type Protocol, TCP, UDP } from "../../model/network/protocol.ts";
import { allPorts, subtractPorts } from "../../model/ports.ts";
import { isUnknown } from "../../model/value.ts";
import { againstOpenings } from "./objections/openings.ts";

const EXPECTED = "only what an entrypoint declares, on its load balancer, for its audience";

/** What comes in from outside is what somebody declared: this load balancer, this port, for these people. */
export const onlyEntrypointsArePublic = rule({
  id: "FW-002",
  slug: "only-entrypoints-are-public",
  severity: "critical",
  title: "From outside nothing comes in but what an entrypoint declares, for whom it declares it",
  why: "Every other way in has no owner, no web application firewall and no limit on requests, and nobody expects it.",
  fix: "Declare an entrypoint for it, or take the addresses away; an audience of clients or admins has the ranges declared for them.",
  appliesTo: guards,
  requirements: ["NOD-5.2", "BRK-3.1", "BRK-SEC.9"],
  needsDeclaration: true,
  check: (guard, estate) => {
    const ported = [TCP, UDP].flatMap((protocol) => {
      const [, known] = administrativePorts.find(([each]) => each === protocol) ?? [];
      const rest = subtractPorts(allPorts, known ?? []);
      const openings = excessive(guard, "ingress", rest, (rules, within) =>
        beyondDeclared(estate, guard, rules, protocol, within),
      );
      return againstOpenings(openings, protocol, EXPECTED);
    });
    // No entrypoint declares any other protocol. What is for all of them has been found above.
    const others = new Set(
      guard.groups
        .flatMap(({ rules }) => rules.map(({ protocol }) => protocol))
        .filter(
          (each): each is Exclude<Protocol, "all"> =>
            !isUnknown(each) && each !== "all" && each !== TCP && each !== UDP,
        ),
    );
    const unported = [...others].flatMap((protocol) => {
      const openings = excessive(guard, "ingress", allPorts, (rules, within) =>
        openingsOf(
          rules.filter((each) => each.protocol === protocol),
          protocol,
          within,
        ),
      );
      return againstOpenings(openings, protocol, EXPECTED);
    });
    return [...ported, ...unported];
  },
});
