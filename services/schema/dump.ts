import { trust } from "../platform.ts";
import type { ManagedPostgres } from "./databases.ts";
import { type Job, job } from "./job.ts";
import { eachRelease } from "./schedule.ts";
import type { Account } from "./stored.ts";
import { gib, mib, minutes } from "./units.ts";
import { administratorOf, hostOf, text, type Values } from "./value.ts";

/** Image with the clients of every database and of AWS, for jobs whose component's image has none; also its program. */
export const TOOLS = "backup-tools";

/** Variable by which the program of a backup learns where to leave its files, and the upload where they are (NOD-3.1). */
export const BACKUP_DIRECTORY = "BACKUP_DIR";

/** How libpq finds a managed database, over a connection whose server is verified. */
const connection = (database: ManagedPostgres): Values => ({
  PGHOST: hostOf(database.listens.sql),
  PGPORT: database.listens.sql.port,
  PGDATABASE: database.database,
  PGSSLMODE: "verify-full",
  PGSSLROOTCERT: trust.rds,
  PGTARGETSESSIONATTRS: "read-write",
});

/**
 * How an application finds a managed database as one of its logins: the writer, whose certificate is verified. After a
 * failover a name may still lead to who has become a reader, which is then not taken.
 */
export const postgresAddress = <Login extends string>(
  database: ManagedPostgres & { readonly accounts: Readonly<Record<Login, Account>> },
  login: Login,
) =>
  text`postgresql://${login}:${database.accounts[login].password}@${hostOf(database.listens.sql)}:${database.listens.sql.port}/${database.database}?sslmode=verify-full&sslrootcert=${trust.rds}&target_session_attrs=read-write`;

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
    image: TOOLS,
    command: ["pg_dump", "--format=custom", `--file=/backup/${file}`],
    account: login.account,
    scratch: { "/backup": gib(100), "/tmp": mib(64) },
    environment: {
      [BACKUP_DIRECTORY]: "/backup",
      ...connection(database),
      PGUSER: login.user,
      PGPASSWORD: login.account.password,
    },
  });
};

/**
 * Makes the logins of a managed database and keeps them as declared: before each release, ahead of the migration that
 * grants them their tables, and on demand after a password was renewed. It alone reads the administrator's secret, which
 * AWS renews each week. It must hand PostgreSQL the SCRAM verifier and never the password, so that no log can hold one.
 *
 * `LOGINS` says who there is: `app migrate:owner backup:pg_read_all_data`; the password of `app` is in `LOGIN_APP_PASSWORD`.
 */
export const postgresLogins = (database: ManagedPostgres, given: Pick<Job, "on">): Job => {
  const accounts = Object.entries(database.accounts);
  return job("logins", {
    ...given,
    why: "makes the database's logins and sets their passwords, each with its own rights only",
    image: TOOLS,
    command: [TOOLS, "logins"],
    schedule: eachRelease,
    limit: minutes(5),
    scratch: { "/tmp": mib(64) },
    environment: {
      ...connection(database),
      ADMINISTRATOR_SECRET: administratorOf(database),
      LOGINS: accounts.map(([login, { role }]) => (role === undefined ? login : `${login}:${role}`)).join(" "),
      ...Object.fromEntries(
        accounts.map(([login, { password }]) => [
          `LOGIN_${login.replaceAll("-", "_").toUpperCase()}_PASSWORD`,
          password,
        ]),
      ),
    },
  });
};
