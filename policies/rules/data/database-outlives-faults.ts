import { demand, type Objection, rule } from "../../engine/rule.ts";
import { databases } from "../../model/databases/databases.ts";
import { keptDays } from "../../model/databases/kept.ts";
import type { Trait } from "../../model/databases/traits.ts";

const must = (trait: Trait<boolean> | undefined, expected: string): readonly Objection[] =>
  trait === undefined ? [] : demand(trait.attribute, trait.value, expected, (holds) => holds);

/** Of managed ones; what runs on hosts is judged where its backups are written. */
export const databaseOutlivesFaults = rule({
  id: "DATA-008",
  slug: "database-outlives-faults",
  severity: "high",
  title: "Managed databases have backups as long as is declared, a copy in another zone, and mended faults",
  why: "Damage is often seen after days, a zone can fail in a minute, and a published fault of the engine stays open until somebody remembers it.",
  fix: "Keep backups for the declared days and at least 7, turn Multi-AZ on or give the cluster a second member, take minor versions, copy tags to snapshots.",
  appliesTo: databases,
  requirements: ["MUN-4.6"],
  check: (database, { declaration }) => {
    const { backupDays, zones, updates, tagsSnapshots } = database;
    const least = keptDays(database, declaration);
    return [
      ...(backupDays === undefined
        ? []
        : demand(backupDays.attribute, backupDays.value, `>= ${least} days`, (days) => days >= least)),
      ...must(zones, "a copy in another zone that takes over"),
      ...must(updates, "minor versions are taken"),
      ...must(tagsSnapshots, "snapshots carry the tags"),
    ];
  },
});
