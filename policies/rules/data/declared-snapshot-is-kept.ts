import { type Objection, objection, rule } from "../../engine/rule.ts";
import { declaredBackups } from "../../model/backups/declared.ts";
import { snapshotRules } from "../../model/backups/snapshots.ts";
import type { DeclaredBackup } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { regionOf } from "../../model/region.ts";
import { type Kept, vaults } from "../../model/vaults.ts";
import { tooSeldom } from "./objections/too-seldom.ts";

/** Of what the catalogue declares, by whichever plan. */
export const declaredSnapshotIsKept = rule({
  id: "DATA-017",
  slug: "declared-snapshot-is-kept",
  severity: "high",
  title:
    "Every declared snapshot is taken often enough by a plan, kept and locked for the declared days, and copied where that is declared",
  why: "A plan that selects nothing, runs too seldom or keeps less than is declared, is found out at the restore.",
  fix: "Let a plan's selection name the store, schedule and start_window together be within recoveryPointSeconds, delete_after be at least the declared days, and the vault's lock at least lockDays; add a copy_action to a vault of the copy region.",
  appliesTo: declaredBackups,
  requirements: ["MUN-4.12", "MUN-4.14"],
  needsDeclaration: true,
  concerns: ({ backup }) => backup.by === "snapshot",
  check: (subject, estate) => {
    const { declaration } = estate;
    if (declaration === undefined) return [];
    const rules = snapshotRules(subject, declaration, estate);
    if (rules.length === 0) return [objection("selection", undefined, `a plan that takes ${subject.backup.of}`)];
    const { backup } = subject;
    const short = rules.map((each) => [
      ...tooSeldom(each, backup.recoveryPointSeconds),
      ...shortcomings(each.kept, backup, declaration.region, estate),
    ]);
    const copies = rules.flatMap((each) => each.copies);
    const away = copies.map((copy) => shortcomings(copy, backup, declaration.copyRegion, estate));
    const missing = backup.offsite && away.length === 0;
    return [
      ...least(short),
      ...(missing ? [objection("rule.copy_action", undefined, `a copy in ${declaration.copyRegion}`)] : []),
      ...(backup.offsite ? least(away) : []),
    ];
  },
});

/** Of several plans the best one counts. */
const least = (all: readonly (readonly Objection[])[]): readonly Objection[] =>
  [...all].sort((one, other) => one.length - other.length)[0] ?? [];

function shortcomings(
  kept: Kept,
  { keepDays, lockDays }: DeclaredBackup,
  region: string,
  estate: Estate,
): readonly Objection[] {
  const vault = estate.of(vaults).find(({ resource }) => resource === kept.vault);
  const { at, attribute, days } = kept;
  const locked = vault?.lock?.least;
  return [
    ...(vault !== undefined && regionOf(vault.resource) === region
      ? []
      : [objection("target_vault_name", vault?.at.resource, `a vault of ${region}`, at)]),
    ...(days === undefined || (typeof days === "number" && days >= keepDays)
      ? []
      : [objection(attribute, days, `>= ${keepDays} days`, at)]),
    ...(typeof locked === "number" && locked >= lockDays
      ? []
      : [objection("min_retention_days", locked, `>= ${lockDays} days`, vault?.lock?.at ?? at)]),
  ];
}
