import { demand, objection, rule } from "../../engine/rule.ts";
import { lockModes } from "../../model/backups/protection.ts";
import { vaults } from "../../model/vaults.ts";

/** The shortest time in which AWS lets a lock be changed before it stands for good (AWS Backup guide, November 2025). */
const SHORTEST = 3;
/** Until then anybody may lift it: time to see that it is right, and no more. */
const LONGEST = 30;

/** Days that recovery points get are judged beside the lock: outside of it, AWS Backup refuses to make them at all. */
export const vaultIsLocked = rule({
  id: "DATA-009",
  slug: "vault-is-locked",
  severity: "high",
  title: "Backup vaults are locked, and what comes into them stays within the lock's days",
  why: "Who encrypts data for ransom deletes backups first; and a plan that keeps less than its vault's lock makes none at all.",
  fix: "Add aws_backup_vault_lock_configuration with min_retention_days, max_retention_days and, where nobody may lift it, changeable_for_days; let delete_after lie between.",
  appliesTo: vaults,
  requirements: ["MUN-4.12"],
  check: ({ lock, kept }, { declaration }) => {
    if (lock === undefined) return [objection("min_retention_days", undefined, "a lock of the vault")];
    const { at, least, most, openDays } = lock;
    const here = lockModes(declaration).includes("GOVERNANCE")
      ? []
      : demand(
          "changeable_for_days",
          openDays ?? 0,
          `${SHORTEST} to ${LONGEST}: then nobody lifts the lock`,
          (days) => days >= SHORTEST && days <= LONGEST,
        );
    return [
      ...[...demand("min_retention_days", least ?? 0, ">= 1", (days) => days >= 1), ...here].map((each) => ({
        ...each,
        at,
      })),
      ...kept.flatMap((each) =>
        demand(
          each.attribute,
          each.days ?? Number.POSITIVE_INFINITY,
          `between ${least ?? 0} and ${most ?? "any"}, as the vault's lock says`,
          (days) => (typeof least !== "number" || days >= least) && (typeof most !== "number" || days <= most),
        ).map((said) => ({ ...said, at: each.at })),
      ),
    ];
  },
});
