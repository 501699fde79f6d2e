import type { LocalMysql } from "../../../services/schema/databases.ts";
import { optionFile } from "../backups.ts";
import { internalCertificate } from "../certificates.ts";
import { previousSecretMarker, secretMarker } from "../markers.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** Privileges on an object: a database, a procedure, or everything. */
interface Grant {
  readonly privileges: readonly string[];
  readonly object: string;
}

const rows = ["SELECT", "INSERT", "UPDATE", "DELETE"];

/** What migrations change; none of it reaches beyond the database. */
const schema = [
  "CREATE",
  "DROP",
  "REFERENCES",
  "INDEX",
  "ALTER",
  "CREATE TEMPORARY TABLES",
  "LOCK TABLES",
  "EXECUTE",
  "CREATE VIEW",
  "SHOW VIEW",
  "CREATE ROUTINE",
  "ALTER ROUTINE",
  "TRIGGER",
];

/** The catalogue's `may` of each login in MariaDB's words, as `SHOW GRANTS` prints them; nothing else is granted (BRK-SEC.12). */
const grants = (database: string): Readonly<Record<string, readonly Grant[]>> => ({
  systemuser: [{ privileges: rows, object: `${database}.*` }],
  broker_migrate: [{ privileges: [...rows, ...schema], object: `${database}.*` }],
  broker_backup: [
    { privileges: ["PROCESS"], object: "*.*" },
    {
      privileges: ["SELECT", "LOCK TABLES", "SHOW VIEW", "TRIGGER", "EVENT", "SHOW CREATE ROUTINE"],
      object: `${database}.*`,
    },
  ],
  broker_cleanup: [{ privileges: ["EXECUTE"], object: `PROCEDURE ${database}.sp_cleanup_old_messages` }],
  broker_metrics: [{ privileges: ["EXECUTE"], object: `PROCEDURE ${database}.sp_get_stats` }],
  // BINLOG MONITOR is what MariaDB calls REPLICATION CLIENT.
  broker_exporter: [{ privileges: ["PROCESS", "BINLOG MONITOR"], object: "*.*" }],
});

/** Logins of scheduled commands: each has an option file, for a password prompt would hang (BRK-SEC.12). */
const scheduled = ["broker_backup", "broker_cleanup", "broker_metrics"];

/** The MariaDB on the loopback of a component's host. */
const localMysql = ({ resolved, group }: GroupPlace): LocalMysql | undefined =>
  resolved.service.stores.find((store): store is LocalMysql => store.kind === "local-mysql" && store.on === group);

function variables(place: GroupPlace, store: LocalMysql): Variables {
  const { resolved } = place;
  const path = `${resolved.service.name}/stores/${store.name}/accounts`;
  const known = grants(store.database);
  const { certificate, key, authorityFile, group } = internalCertificate(place);
  const account = (login: string) => {
    const found = store.accounts[login];
    if (found === undefined)
      throw new Error(`${path}: must hold ${login}, got ${Object.keys(store.accounts).join(", ")}`);
    return found;
  };
  return {
    mariadb_port: store.listens.mysql.port,
    mariadb_database: store.database,
    mariadb_accounts: Object.entries(store.accounts).map(([name, { password }]) => {
      const found = known[name];
      if (found === undefined) throw new Error(`${path}: allowed are ${Object.keys(known).join(", ")}, got ${name}`);
      return {
        name,
        passwords: [secretMarker(resolved, password), previousSecretMarker(resolved, password)],
        grants: found.map(({ privileges, object }) => ({ privileges, object })),
      };
    }),
    mariadb_option_files: scheduled.map((login) => ({
      path: optionFile(place, login),
      account: login,
      password: secretMarker(resolved, account(login).password),
    })),
    mariadb_tls: { certificate, key, authority: authorityFile, group },
    mariadb_folder: `${DATA_FOLDER}/mysql`,
    mariadb_audited: ["broker_migrate"],
  };
}

/** MariaDB on loopback: messages and users of the broker (BRK-12.2, BRK-14.3). */
export const mariadb: HostRole = {
  name: "mariadb",
  groupVars: (place) => {
    const store = localMysql(place);
    return store && variables(place, store);
  },
  // `FLUSH SSL` reads the certificate anew and breaks no connection.
  reloads: () => ["/usr/bin/mariadb --protocol=socket --execute='FLUSH SSL'"],
};
