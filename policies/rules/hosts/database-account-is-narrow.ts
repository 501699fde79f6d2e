import { objection, rule } from "../../engine/rule.ts";
import { databaseAccounts } from "../../model/hosts/mariadb.ts";

/** With any of these on the whole server an account makes itself all others, or reads files of the host. */
const POWERS = [
  "ALL",
  "ALL PRIVILEGES",
  "SUPER",
  "FILE",
  "GRANT OPTION",
  "CREATE USER",
  "SHUTDOWN",
  "RELOAD",
  "CONNECTION ADMIN",
];
/** What figures of the server need, and nothing of its data. */
const OF_SERVER = ["PROCESS", "BINLOG MONITOR", "REPLICATION CLIENT", "SLAVE MONITOR", "USAGE", "SHOW DATABASES"];

/** Each account may do its work in its database, and comes from its own host. */
export const databaseAccountIsNarrow = rule({
  id: "HOST-028",
  slug: "database-account-is-narrow",
  severity: "high",
  title: "Accounts of MariaDB have the rights of their work, in their database, from their host",
  why: "One injection into one query otherwise reads every database and every file of the host, or deletes what backups must read.",
  fix: "Grants on the database or one procedure; on *.* only PROCESS and BINLOG MONITOR for figures; no host of %.",
  appliesTo: databaseAccounts,
  requirements: ["BRK-SEC.12"],
  check: ({ name, from, grants }) => [
    ...(from === undefined || ["localhost", "127.0.0.1", "::1"].includes(from)
      ? []
      : [objection(`${name}: host`, from, "localhost: all clients are on the host")]),
    ...grants.flatMap(({ object, privileges }) => {
      const whole = object === "*.*" || object === "*";
      const wrong = privileges.filter((each) => POWERS.includes(each) || (whole && !OF_SERVER.includes(each)));
      return wrong.length === 0 ? [] : [objection(`${name}: ${object}`, wrong, "rights on its own database only")];
    }),
  ],
});
