import { objection, rule } from "../../engine/rule.ts";
import { starters } from "../../model/hosts/command-lines.ts";

/** Command lines and environments of units are read by every account of the host. */
export const serviceHoldsNoSecret = rule({
  id: "HOST-014",
  slug: "service-holds-no-secret",
  severity: "high",
  title: "No command line of a unit, a script or a task holds a password, and no unit does",
  why: "ps and systemctl show both to everybody on the host; they stand in journals and in backups of the configuration.",
  fix: "LoadCredential= or an EnvironmentFile= that root alone may read, and programs that take a file: --defaults-extra-file, REDISCLI_AUTH, PGPASSFILE, curl --config.",
  appliesTo: starters,
  requirements: ["BRK-SEC.13"],
  check: ({ shown }) =>
    shown.map(({ setting, name }) =>
      objection(setting, `a value for ${name}`, "a file that the account of the service alone may read"),
    ),
});
