import { objection, rule } from "../../engine/rule.ts";
import { secretsIn } from "../../model/hosts/unit-secrets.ts";
import { services } from "../../model/hosts/units.ts";

/** Command lines and environments of units are read by every account of the host. */
export const serviceHoldsNoSecret = rule({
  id: "HOST-014",
  slug: "service-holds-no-secret",
  severity: "high",
  title: "No command line and no unit holds a password",
  why: "ps and systemctl show both to everybody on the host; they stand in journals and in backups of the configuration.",
  fix: "LoadCredential= or an EnvironmentFile= that root alone may read, and programs that take a file.",
  appliesTo: services,
  requirements: ["BRK-SEC.13"],
  check: (unit) =>
    secretsIn(unit).map(({ setting, name }) =>
      objection(setting, `a value for ${name}`, "a file that the account of the service alone may read"),
    ),
});
