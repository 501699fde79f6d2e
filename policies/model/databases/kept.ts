import type { Declaration } from "../declaration.ts";
import type { Database } from "./databases.ts";

/** Where nothing is declared. */
const LEAST = 7;
/** No automatic backup of RDS is kept longer (Amazon RDS user guide). */
const MOST = 35;

/** Days that backups of a database must be kept: as its service, whose stack it is in, declares for such stores. */
export function keptDays({ resource }: Database, declaration: Declaration | undefined): number {
  const service = declaration?.services.find(({ name }) => name === resource.stack);
  const managed = (service?.stores ?? []).filter(({ kind }) => kind.startsWith("managed-"));
  const names = new Set(managed.map(({ name }) => `${service?.name}/${name}`));
  const declared = (service?.backups ?? []).filter((backup) => names.has(backup.of)).map(({ keepDays }) => keepDays);
  return Math.min(MOST, Math.max(LEAST, ...declared));
}
