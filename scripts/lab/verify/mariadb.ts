import type { LocalMysql } from "../../../services/schema/databases.ts";
import { hostOf, type Lab, onHost } from "../hosts.ts";
import { type Check, demandNone } from "./check.ts";

/** Procedures as the requirements describe them (BRK-27.2, BRK-28.4); a release's migrations bring their own. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS lab_messages (id INT PRIMARY KEY);
CREATE PROCEDURE IF NOT EXISTS sp_cleanup_old_messages(IN p_retention_days INT) SELECT 0 AS deleted_count, NOW() AS cutoff_date;
CREATE PROCEDURE IF NOT EXISTS sp_get_stats(IN p_period VARCHAR(10), IN p_domain VARCHAR(255)) SELECT 0 AS messages;
`;

/** Statements, each with the login that says it and whether it may. */
const CASES: readonly (readonly [login: string, allowed: boolean, statement: string])[] = [
  ["cleanup", true, "CALL sp_cleanup_old_messages(180)"],
  ["cleanup", false, "SELECT * FROM lab_messages"],
  ["cleanup", false, "CALL sp_get_stats('day', NULL)"],
  ["metrics", true, "CALL sp_get_stats('day', NULL)"],
  ["metrics", false, "CALL sp_cleanup_old_messages(180)"],
  ["backup", true, "SELECT * FROM lab_messages"],
  ["backup", false, "DELETE FROM lab_messages"],
];

/** Runs a script in the host of the database; what it printed. */
export function inDatabase(lab: Lab, script: string, input = ""): Promise<string> {
  const store = lab.plan.resolved.service.stores.find((each): each is LocalMysql => each.kind === "local-mysql");
  if (store === undefined) throw new Error(`${lab.plan.resolved.service.name}: has no MariaDB`);
  return onHost(lab, hostOf(lab, store.on.name), ["bash", "-c", script, "-", store.database], input);
}

/** Each login by its option file, as scheduled commands use it. */
async function wrongAnswers(lab: Lab): Promise<readonly string[]> {
  const script = `while IFS='|' read -r login statement; do
  mariadb --defaults-extra-file="/etc/message-broker/$login.cnf" "$1" --execute="$statement" >/dev/null 2>&1 && echo yes || echo no
done`;
  const input = CASES.map(([login, , statement]) => `${login}|${statement}\n`).join("");
  const answers = (await inDatabase(lab, script, input)).trim().split("\n");
  return CASES.flatMap(([login, allowed, statement], index) =>
    answers[index] === (allowed ? "yes" : "no")
      ? []
      : [`${login}: ${statement}: must be ${allowed ? "" : "un"}able to`],
  );
}

/** Who may do what in MariaDB, and that a dump holds all of it. */
export const mariadb: Check = {
  name: "mariadb",
  proves:
    "MariaDB's scheduled logins do their own work and nothing else (BRK-SEC.12), nobody else on the host is root in it, the journal tells no digest of a password, and a dump holds tables and procedures (BRK-25.2)",
  services: ["message-broker"],
  run: async (lab) => {
    await inDatabase(lab, 'mariadb --protocol=socket "$1"', SCHEMA);
    await inDatabase(lab, "/usr/local/sbin/mariadb-accounts");
    const again = await inDatabase(lab, "/usr/local/sbin/mariadb-accounts");
    const stranger = await inDatabase(
      lab,
      "runuser -u nobody -- mariadb -u root -e 'SELECT 1' >/dev/null 2>&1 && echo in || true",
    );
    const dumped = await inDatabase(
      lab,
      'mariadb-dump --defaults-extra-file=/etc/message-broker/backup.cnf --single-transaction --routines --triggers --events "$1" | grep -cE "PROCEDURE .sp_|CREATE TABLE .lab_messages"',
    );
    // Of the audit log, which goes on to Loki: a digest that is told is a password to try for ever.
    const told = await inDatabase(lab, "journalctl --quiet --grep 'mysql_native_password +USING' --output cat || true");
    const findings = await wrongAnswers(lab);
    await inDatabase(lab, 'mariadb --protocol=socket "$1" --execute="DROP TABLE lab_messages"');
    demandNone([
      ...findings,
      ...(again.includes("changed:") ? [`a second run of mariadb-accounts changed: ${again}`] : []),
      ...(stranger.includes("in") ? ["an account of the host is root in the database"] : []),
      ...(told === "" ? [] : ["the journal holds digests of passwords of logins"]),
      ...(Number(dumped) >= 3 ? [] : [`a dump must hold two procedures and a table, got ${dumped.trim()} of them`]),
    ]);
    return `${CASES.length} statements by their logins, as declared`;
  },
};
