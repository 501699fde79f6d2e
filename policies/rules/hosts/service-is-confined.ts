import { demand, rule } from "../../engine/rule.ts";
import { confinements } from "../../model/hosts/confinement.ts";
import { services } from "../../model/hosts/units.ts";

/** A service that is taken over can do what it was made for, and nothing to the host. */
export const serviceIsConfined = rule({
  id: "HOST-013",
  slug: "service-is-confined",
  severity: "high",
  title: "Every service runs as its own account, without ways to become root",
  why: "Whoever breaks into one program otherwise has the host: its keys, its other programs, its firewall.",
  fix: "Set what is expected in the unit, or in a drop-in for a unit that comes with a package.",
  appliesTo: services,
  requirements: ["BRK-SEC.24"],
  check: (unit) =>
    confinements
      .filter(({ concerns }) => concerns(unit))
      .flatMap(({ setting, expected, read, holds }) => demand(setting, read(unit), expected, holds)),
});
