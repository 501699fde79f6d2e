import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { declaredBackups, type Target } from "../../model/backups/declared.ts";
import { lockModes } from "../../model/backups/protection.ts";
import { type Bucket, destinationOf } from "../../model/buckets/buckets.ts";
import type { ReplicationRule } from "../../model/buckets/replication.ts";
import type { Declaration, DeclaredBackup } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import { ownerOf, reaches } from "../../model/keys.ts";
import { regionOf } from "../../model/region.ts";
import { withoutLock } from "./objections/without-lock.ts";

/** Whether a deletion hides the copy too matters only for what no lifecycle ends: its writer alone says what goes. */
export const offsiteBackupIsCopied = rule({
  id: "DATA-011",
  slug: "offsite-backup-is-copied",
  severity: "high",
  title: "Every backup declared offsite is copied to the other region, encrypted and locked there as here",
  why: "A region can fail, and an account's region can be emptied; a copy that can be deleted or not decrypted there is none.",
  fix: "Replicate the backup's prefix with sse_kms_encrypted_objects and replica_kms_key_id of the copy region, to a bucket with the same lock.",
  appliesTo: declaredBackups,
  requirements: ["TKT-7.4", "MUN-4.15"],
  needsDeclaration: true,
  concerns: ({ backup }) => backup.offsite && backup.by !== "snapshot",
  check: ({ backup, targets }, estate) =>
    targets.flatMap((target) => (target.bucket === undefined ? [] : copied(target, target.bucket, backup, estate))),
});

function copied(target: Target, source: Bucket, backup: DeclaredBackup, estate: Estate): readonly Objection[] {
  const rules = source.replication.filter(
    ({ enabled, prefix, narrowed }) =>
      enabled === true && !narrowed && typeof prefix === "string" && target.prefix.startsWith(prefix),
  );
  const { declaration } = estate;
  if (rules.length === 0 || declaration === undefined)
    return [objection("rule.filter.prefix", undefined, `a rule that copies ${target.prefix}`, source.at)];
  return rules.flatMap((rule) => {
    const copy = destinationOf(rule.to, estate);
    if (copy === undefined) return [objection("rule.destination.bucket", rule.to, "a bucket of this estate", rule.at)];
    return [
      ...encrypted(rule, copy),
      ...placed(copy, declaration),
      ...withoutLock(copy, backup.lockDays, lockModes(declaration)),
    ];
  });
}

function encrypted(rule: ReplicationRule, copy: Bucket): readonly Objection[] {
  const owner = ownerOf(rule.key, copy.resource);
  const ours = owner.by === "us" && (owner.key === undefined || reaches(owner.key, copy.resource));
  const said = [
    ...demand(
      "rule.source_selection_criteria.sse_kms_encrypted_objects.status",
      rule.copiesEncrypted,
      "Enabled: else what is encrypted is left out",
      (on) => on,
    ),
    ...(ours
      ? []
      : [
          objection(
            "rule.destination.encryption_configuration.replica_kms_key_id",
            rule.key,
            "a key of ours in the copy's region",
          ),
        ]),
  ];
  return said.map((each) => ({ ...each, at: rule.at }));
}

const placed = ({ resource, at }: Bucket, { copyRegion }: Declaration): readonly Objection[] =>
  regionOf(resource) === copyRegion ? [] : [objection("region", regionOf(resource), copyRegion, at)];
