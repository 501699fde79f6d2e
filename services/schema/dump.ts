import { trust } from "../platform.ts";
import { type Job, job } from "./job.ts";
import type { Account, ManagedPostgres } from "./store.ts";
import { gib, mib } from "./units.ts";
import { hostOf } from "./value.ts";

/**
 * `pg_dump` of a managed database into scratch space, for its backup to upload, over a connection whose server is verified.
 * A managed database can copy neither snapshots nor its log to another region: such a dump is the copy off site.
 */
export const postgresDump = (
  database: ManagedPostgres,
  login: { readonly user: string; readonly account: Account },
  given: Pick<Job, "why" | "on" | "schedule" | "limit"> & { readonly file: string },
): Job => {
  const { file, ...rest } = given;
  return job("dump", {
    ...rest,
    image: "backup-tools",
    command: ["pg_dump", "--format=custom", `--file=/backup/${file}`],
    account: login.account,
    scratch: { "/backup": gib(100), "/tmp": mib(64) },
    environment: {
      BACKUP_DIR: "/backup",
      PGHOST: hostOf(database.listens.sql),
      PGPORT: database.listens.sql.port,
      PGDATABASE: database.database,
      PGUSER: login.user,
      PGPASSWORD: login.account.password,
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: trust.rds,
    },
  });
};
