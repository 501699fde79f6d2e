import type { Declaration } from "../declaration.ts";
import type { Estate } from "../estate.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { backupPlans, type PlanRule } from "../vaults.ts";
import type { BackupOf } from "./declared.ts";

/** What AWS Backup takes of each kind of store. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  "managed-postgres": ["aws_rds_cluster", "aws_db_instance"],
  objects: ["aws_s3_bucket"],
  files: ["aws_efs_file_system"],
};

/** A rule of a plan that takes what a declared snapshot is of. */
export interface SnapshotRule extends PlanRule {
  /** Whether what is taken can be brought back to any minute between snapshots. */
  readonly keepsChanges: Value<boolean>;
}

/** Rules of plans that take what a declared snapshot is of. A plan is known by what it selects, not by its name. */
export function snapshotRules(subject: BackupOf, declaration: Declaration, estate: Estate): readonly SnapshotRule[] {
  const types = typesOf(subject, declaration);
  return estate.of(backupPlans).flatMap(({ selected, rules }) => {
    const own = selected.filter(({ type, stack }) => stack === subject.service && types.includes(type));
    if (own.length === 0) return [];
    return rules.map((rule) => {
      const all = own.map((each) => keepsChanges(each, rule));
      return { ...rule, keepsChanges: all.find((each) => each === false) ?? all.find(isUnknown) ?? true };
    });
  });
}

/** The plan does for all but files (AWS Backup developer guide, "Point-in-time recovery", read 2026-11-23); RDS does of itself. */
function keepsChanges({ type, block }: Resource, { timing }: PlanRule): Value<boolean> {
  if (type === "aws_efs_file_system") return false;
  if (type === "aws_s3_bucket" || timing.isContinuous === true) return timing.isContinuous;
  const days = block.number("backup_retention_period") ?? (type === "aws_rds_cluster" ? 1 : 0);
  if (isUnknown(days)) return days;
  return days > 0 || timing.isContinuous;
}

function typesOf({ service, backup }: BackupOf, declaration: Declaration): readonly string[] {
  const stores = declaration.services.find(({ name }) => name === service)?.stores ?? [];
  const store = stores.find(({ name }) => `${service}/${name}` === backup.of);
  return TAKEN[store?.kind ?? ""] ?? [];
}
