import { rule } from "../../engine/rule.ts";
import { administrativePorts } from "../../model/network/administrative-ports.ts";
import { beyondDeclared, excessive } from "../../model/network/excess.ts";
import { guards } from "../../model/network/guards.ts";
import { openingsOf } from "../../model/network/openings.ts";
import { isMoreThanASite } from "../../model/network/widths.ts";
import { againstOpenings } from "./objections/openings.ts";

const EXPECTED = "nobody on the internet; without a declaration at most one site's addresses (a /24, or a /48 of IPv6)";

/** Whoever scans the internet finds no login, no database and no metrics of ours. */
export const administrationIsNotPublic = rule({
  id: "FW-001",
  slug: "administration-is-not-public",
  severity: "critical",
  title: "No port of administration, data, metrics or debugging is open to the internet",
  why: "Such ports are found within minutes of their opening; behind them stand logins, whole databases and inner workings, not an application that checks who asks.",
  fix: "Take the addresses away; administer over Session Manager, and let groups name each other as peers.",
  appliesTo: guards,
  requirements: ["NOD-5.1", "NOD-5.3", "NOD-SEC.2", "BRK-3.5", "BRK-14.3"],
  check: (guard, estate) =>
    administrativePorts.flatMap(([protocol, ports]) => {
      const openings = excessive(guard, "ingress", ports, (rules, within) =>
        estate.declaration === undefined
          ? openingsOf(rules, protocol, within, isMoreThanASite)
          : beyondDeclared(estate, guard, rules, protocol, within),
      );
      return againstOpenings(openings, protocol, EXPECTED);
    }),
});
