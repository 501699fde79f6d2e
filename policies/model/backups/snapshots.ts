import type { Declaration } from "../declaration.ts";
import type { Estate } from "../estate.ts";
import { type BackupPlan, backupPlans } from "../vaults.ts";
import type { BackupOf } from "./declared.ts";

/** What AWS Backup takes of each kind of store. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  "managed-postgres": ["aws_rds_cluster", "aws_db_instance"],
  objects: ["aws_s3_bucket"],
  files: ["aws_efs_file_system"],
};

/** Rules of plans that take what a declared snapshot is of. A plan is known by what it selects, not by its name. */
export function snapshotRules(subject: BackupOf, declaration: Declaration, estate: Estate): BackupPlan["rules"] {
  const types = typesOf(subject, declaration);
  return estate
    .of(backupPlans)
    .filter(({ selected }) => selected.some(({ type, stack }) => stack === subject.service && types.includes(type)))
    .flatMap((plan) => plan.rules);
}

function typesOf({ service, backup }: BackupOf, declaration: Declaration): readonly string[] {
  const stores = declaration.services.find(({ name }) => name === service)?.stores ?? [];
  const store = stores.find(({ name }) => `${service}/${name}` === backup.of);
  return TAKEN[store?.kind ?? ""] ?? [];
}
