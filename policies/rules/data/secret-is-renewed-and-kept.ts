import { demand, objection, rule } from "../../engine/rule.ts";
import { mustStay } from "../../model/backups/protection.ts";
import { secrets } from "../../model/secrets.ts";

/** A rotation by a person counts where it is declared: its age is watched by an alert then. */
export const secretIsRenewedAndKept = rule({
  id: "DATA-021",
  slug: "secret-is-renewed-and-kept",
  severity: "medium",
  title:
    "Secrets are renewed within declared days, by a machine or by a runbook, and can be taken back after a deletion",
  why: "A secret that is never renewed is known to everyone who ever left; one deleted by mistake stops its service for good.",
  fix: "Declare the secret with its rotation, or add aws_secretsmanager_secret_rotation of at most 90 days; leave recovery_window_in_days at 30.",
  appliesTo: secrets,
  requirements: ["NOD-2.7", "MUN-2.16"],
  check: ({ recoveryDays, rotation, declared }, { declaration }) => {
    const least = mustStay(declaration) ? 30 : 7;
    const days = rotation ?? declared?.rotationDays;
    return [
      ...demand("recovery_window_in_days", recoveryDays, `>= ${least}`, (given) => given >= least),
      ...(days === undefined
        ? [objection("rotation", undefined, "a rotation, or the catalogue's declaration of one")]
        : demand("rotation_rules.automatically_after_days", days, "<= 366, as declared, else <= 90", (given) =>
            declared === undefined ? given <= 90 : given <= declared.rotationDays,
          )),
    ];
  },
});
